using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Layouts;

/// <summary>At which offsets any strategy or rounding could have put a label on a device, and which layout that is.</summary>
public static class LayoutCandidates
{
    private static readonly GuestArchitecture[] Architectures = [GuestArchitecture.X86_64, GuestArchitecture.Ppc64Le];

    /// <summary>The alignments that ndctl can give a namespace, and those that pages and hot-plug blocks have; then every other that QEMU takes.</summary>
    private static readonly Alignment?[] UsualAligns =
    [
        .. new Alignment?[] { null, Alignment.FromKiB(4), Alignment.FromKiB(64), Alignment.FromMiB(2), Alignment.FromMiB(16), Alignment.FromMiB(128), Alignment.FromMiB(256), Alignment.FromMiB(1024) }
            .Concat(Enumerable.Range(12, 19).Select(power => (Alignment?)Alignment.FromBytes(1L << power)))
            .Distinct(),
    ];

    /// <summary>
    /// The candidates: the plan, the record, then every strategy with every alignment from 4 KiB to 1 GiB, the usual ones first, both label sizes, the device sizes of plan and
    /// record, with libvirt's rounding and without. One for each place; the likeliest stands for it.
    /// </summary>
    /// <param name="planned">The plan.</param>
    /// <param name="recorded">The recorded layout; null where there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="planned"/> is null.</exception>
    public static ValueList<LayoutCandidate> For(DeviceLayout planned, DeviceLayout? recorded)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return Known(planned, recorded).Concat(Computed(planned, recorded)).DistinctBy(candidate => candidate.Place).ToValueList();
    }

    private static IEnumerable<LayoutCandidate> Known(DeviceLayout planned, DeviceLayout? recorded)
    {
        yield return Of(planned, "the plan");
        if (recorded is not null)
        {
            yield return Of(recorded, "the ledger's record");
        }
    }

    private static IEnumerable<LayoutCandidate> Computed(DeviceLayout planned, DeviceLayout? recorded)
    {
        var known = recorded is null ? new[] { planned } : [planned, recorded];
        var aligns = known.Select(layout => (Alignment?)layout.AlignSize).Concat(UsualAligns).Distinct().ToList();
        return from architecture in Architectures.OrderBy(architecture => architecture.IsPower != planned.Architecture.IsPower)
               from device in known.Select(layout => layout.DeviceSize).Distinct()
               from label in known.Select(layout => layout.LabelSize).Append(SizingRequest.OvirtLabelSize).Distinct()
               from strategy in Enum.GetValues<SizingStrategy>()
               from align in aligns
               from candidate in Of(NvdimmSizer.Size(new SizingRequest(architecture, device) { LabelSize = label, Strategy = strategy, Align = align }))
               select candidate;
    }

    private static IEnumerable<LayoutCandidate> Of(NvdimmLayout layout)
    {
        if (layout.IsRefused)
        {
            yield break;
        }

        var request = layout.Request;
        var origin = $"{request.Strategy.ToString().ToLowerInvariant()} for {request.Architecture} with {(request.Align is { } align ? $"alignment {align}" : "no alignment")} on {request.DeviceSize}";
        yield return new LayoutCandidate(new(layout.LabelOffset!.Value, request.LabelSize), origin, layout.TargetSize!.Value, layout.AlignSize!.Value);
        if (layout.TargetSize != layout.BackendSize)
        {
            var unrounded = new LabelPlace(layout.TargetSize.Value - request.LabelSize, request.LabelSize);
            yield return new LayoutCandidate(unrounded, $"{origin}, without libvirt's rounding", layout.TargetSize.Value, layout.AlignSize.Value);
        }
    }

    private static LayoutCandidate Of(DeviceLayout layout, string origin) =>
        new(new(layout.LabelOffset, layout.LabelSize), origin, layout.TargetSize, layout.AlignSize);
}
