using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Layouts;

/// <summary>A plan that repeats the layout which a device has.</summary>
/// <param name="Layout">The layout, with <see cref="NvdimmLayout.IsKept"/>; of use only where nothing was found.</param>
/// <param name="Findings">Why it cannot be kept: <see cref="NvdimmCodes.LayoutCannotBeKept"/>.</param>
public sealed record KeptLayout(NvdimmLayout Layout, ValueList<Finding> Findings)
{
    /// <summary>Whether it can be kept.</summary>
    public bool IsPossible => Findings.Count == 0;

    /// <summary>Keeps the recorded layout.</summary>
    /// <param name="request">The device as it is now. Its label size and strategy are replaced by the recorded ones.</param>
    /// <param name="recorded">The recorded layout.</param>
    /// <exception cref="ArgumentNullException"><paramref name="recorded"/> is null.</exception>
    public static KeptLayout Of(in SizingRequest request, DeviceLayout recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var kept = NvdimmSizer.Keep(request with { LabelSize = recorded.LabelSize, Strategy = recorded.Strategy }, recorded.TargetSize, recorded.AlignSize);
        return Judge(kept, recorded.LabelOffset);
    }

    /// <summary>Keeps the layout that labels on the device show: a backend that ends with them.</summary>
    /// <param name="request">The device as it is now.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="candidates">The layouts that could have put them there; the first that fits gives the alignment, otherwise the request.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static KeptLayout At(in SizingRequest request, FoundLabels labels, IEnumerable<LayoutCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(candidates);
        var asked = request with { LabelSize = labels.Area.Size };
        var origin = candidates.FirstOrDefault(candidate => candidate.Place == new LabelPlace(labels.Offset, labels.Area.Size));
        var align = origin?.AlignSize ?? NvdimmSizer.Size(asked).AlignSize ?? default;
        return Judge(NvdimmSizer.Keep(asked, labels.Offset + labels.Area.Size, align), labels.Offset);
    }

    private static KeptLayout Judge(in NvdimmLayout layout, ByteSize offset)
    {
        var reason = layout.IsRefused
            ? string.Join(' ', layout.Findings.Select(finding => finding.Message))
            : layout.LabelOffset != offset ? $"libvirt's rounding would put them at {layout.LabelOffset!.Value.Bytes}" : null;
        return new KeptLayout(layout, reason is null ? [] : [Finding.Error(NvdimmCodes.LayoutCannotBeKept, ("offset", $"{offset.Bytes}"), ("reason", reason.TrimEnd('.')))]);
    }
}
