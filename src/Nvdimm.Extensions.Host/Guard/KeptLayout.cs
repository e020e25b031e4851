using System.Diagnostics.CodeAnalysis;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>A plan that repeats the existing layout of a device.</summary>
/// <param name="Layout">The layout, with <see cref="NvdimmLayout.IsKept"/>; null if it cannot be kept.</param>
/// <param name="Findings">Why it cannot be kept: <see cref="NvdimmCodes.LayoutCannotBeKept"/>; empty if it can.</param>
public sealed record KeptLayout(NvdimmLayout? Layout, ValueList<Finding> Findings)
{
    /// <summary>Whether the layout can be kept.</summary>
    [MemberNotNullWhen(true, nameof(Layout))]
    public bool IsAllowed => Layout is not null;

    /// <summary>Keeps the recorded layout.</summary>
    /// <param name="request">The device as it is now. The recorded label size and strategy replace those of the request.</param>
    /// <param name="recorded">The recorded layout.</param>
    /// <exception cref="ArgumentNullException"><paramref name="recorded"/> is null.</exception>
    public static KeptLayout Of(in SizingRequest request, DeviceLayout recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var kept = NvdimmSizer.Keep(
            request with { LabelSize = recorded.LabelSize, Strategy = recorded.Strategy }, recorded.TargetSize, recorded.AlignSize);
        return Check(kept, recorded.LabelOffset);
    }

    /// <summary>Keeps the layout that labels on the device imply: a backend that ends with them.</summary>
    /// <param name="request">The device as it is now.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="candidates">
    /// The layouts that could have put the labels there. The alignment is the first with which the guest's namespaces fit: the asked one,
    /// the device's own, those of the candidates in their order, then all others from the largest down.
    /// </param>
    /// <param name="askedAlign">The alignment that is asked for; null for none.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static KeptLayout At(
        in SizingRequest request, FoundLabels labels, IEnumerable<LayoutCandidate> candidates, Alignment? askedAlign = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(candidates);
        var (asked, end) = (request with { LabelSize = labels.Area.Size }, labels.Offset + labels.Area.Size);
        var place = new LabelPlace(labels.Offset, labels.Area.Size);
        var kept = candidates.Where(candidate => candidate.Place == place)
            .Select(candidate => candidate.AlignSize)
            .Concat(LayoutCandidates.Aligns)
            .Prepend(NvdimmSizer.Size(asked).AlignSize ?? default)
            .Prepend(askedAlign ?? NvdimmSizer.Size(asked).AlignSize ?? default)
            .Select(align => Check(NvdimmSizer.Keep(asked, end, align), labels.Offset))
            .ToList();
        return kept.Find(candidate => candidate.Layout?.GuestSize >= labels.Area.NamespacesEnd)
            ?? (kept.Find(candidate => candidate.IsAllowed)?.Layout is { } cut
                ? new KeptLayout(null, [CannotBe(labels.Offset, Cut(cut, labels.Area.NamespacesEnd))])
                : kept[0]);
    }

    private static string Cut(NvdimmLayout layout, ByteSize end) =>
        $"the guest's namespaces reach to {end.Bytes}, and with alignment {layout.AlignSize} it would get {layout.GuestSize.Bytes} bytes";

    private static KeptLayout Check(in SizingResult sized, ByteSize offset) => sized.Layout is not { } layout
        ? new KeptLayout(null, [CannotBe(offset, string.Join(' ', sized.Findings.Select(finding => finding.Message)))])
        : layout.LabelOffset != offset
            ? new KeptLayout(null, [CannotBe(offset, $"libvirt's rounding would put them at {layout.LabelOffset.Bytes}")])
            : new KeptLayout(layout, []);

    private static Finding CannotBe(ByteSize offset, string reason) =>
        Finding.Error(NvdimmCodes.LayoutCannotBeKept, ("offset", $"{offset.Bytes}"), ("reason", reason.TrimEnd('.')));
}
