using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Layouts;

/// <summary>At which offsets any strategy or rounding could have put a label on a device, and which layout that is.</summary>
public static class LayoutCandidates
{
    private static readonly GuestArchitecture[] Architectures = [GuestArchitecture.X86_64, GuestArchitecture.Ppc64Le];
    private static readonly SizingStrategy[] Strategies = [SizingStrategy.Ovirt, SizingStrategy.Largest];

    /// <summary>Every alignment that QEMU can have been told, from 1 GiB down to the page of 4 KiB.</summary>
    internal static IEnumerable<Alignment> Aligns { get; } = [.. Enumerable.Range(12, 19).Reverse().Select(power => Alignment.FromBytes(1L << power))];

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
        return Known(planned, recorded).Concat(Computed(planned, recorded).DistinctBy(found => found.Place).Select(found => Of(found.Layout, found.Place))).DistinctBy(candidate => candidate.Place).ToValueList();
    }

    /// <summary>The places of <see cref="For"/> alone, which every start asks for; some more than once.</summary>
    internal static IEnumerable<LabelPlace> Places(DeviceLayout planned, DeviceLayout? recorded)
    {
        yield return new(planned.LabelOffset, planned.LabelSize);
        if (recorded is not null)
        {
            yield return new(recorded.LabelOffset, recorded.LabelSize);
        }

        foreach (var (place, _) in Computed(planned, recorded))
        {
            yield return place;
        }
    }

    private static IEnumerable<LayoutCandidate> Known(DeviceLayout planned, DeviceLayout? recorded)
    {
        yield return Of(planned, "the plan");
        if (recorded is not null)
        {
            yield return Of(recorded, "the ledger's record");
        }
    }

    private static IEnumerable<(LabelPlace Place, NvdimmLayout Layout)> Computed(DeviceLayout planned, DeviceLayout? recorded)
    {
        var known = recorded is null ? new[] { planned } : [planned, recorded];
        List<Alignment?> aligns = [.. known.Select(layout => layout.AlignSize)];
        aligns.AddRange(UsualAligns.Where(align => !aligns.Contains(align)).ToArray());
        foreach (var architecture in planned.Architecture.IsPower ? Enumerable.Reverse(Architectures) : Architectures)
        {
            foreach (var device in known.Select(layout => layout.DeviceSize).Distinct())
            {
                foreach (var label in known.Select(layout => layout.LabelSize).Append(SizingRequest.OvirtLabelSize).Distinct())
                {
                    foreach (var strategy in Strategies)
                    {
                        foreach (var align in aligns)
                        {
                            var layout = NvdimmSizer.Size(new SizingRequest(architecture, device) { LabelSize = label, Strategy = strategy, Align = align });
                            if (layout.IsRefused)
                            {
                                continue;
                            }

                            yield return (new LabelPlace(layout.LabelOffset!.Value, label), layout);
                            yield return (new LabelPlace(layout.TargetSize!.Value - label, label), layout);
                        }
                    }
                }
            }
        }
    }

    private static LayoutCandidate Of(in NvdimmLayout layout, LabelPlace place)
    {
        var request = layout.Request;
        var rounding = place.Offset == layout.LabelOffset ? "" : ", without libvirt's rounding";
        var origin = $"{request.Strategy.ToString().ToLowerInvariant()} for {request.Architecture} with {(request.Align is { } align ? $"alignment {align}" : "no alignment")} on {request.DeviceSize}{rounding}";
        return new LayoutCandidate(place, origin, layout.TargetSize!.Value, layout.AlignSize!.Value);
    }

    private static LayoutCandidate Of(DeviceLayout layout, string origin) =>
        new(new(layout.LabelOffset, layout.LabelSize), origin, layout.TargetSize, layout.AlignSize);
}
