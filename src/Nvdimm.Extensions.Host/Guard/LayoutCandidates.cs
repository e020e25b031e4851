using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>At which offsets any strategy or rounding could have put a label on a device, and which layout that is.</summary>
public static class LayoutCandidates
{
    private static readonly GuestArchitecture[] X86First = [GuestArchitecture.X86_64, GuestArchitecture.Ppc64Le];
    private static readonly GuestArchitecture[] PowerFirst = [GuestArchitecture.Ppc64Le, GuestArchitecture.X86_64];
    private static readonly SizingStrategy[] Strategies = [SizingStrategy.Ovirt, SizingStrategy.Largest];

    /// <summary>The alignments that ndctl can give a namespace, and those that pages and hot-plug blocks have; then every other that QEMU takes.</summary>
    private static readonly Alignment?[] UsualAligns = Once<Alignment?>(
        [null, Alignment.FromKiB(4), Alignment.FromKiB(64), Alignment.FromMiB(2), Alignment.FromMiB(16), Alignment.FromMiB(128), Alignment.FromMiB(256), Alignment.FromMiB(1024), .. Aligns]);

    /// <summary>Every alignment that QEMU can have been told, from 1 GiB down to the page of 4 KiB.</summary>
    internal static IEnumerable<Alignment> Aligns
    {
        get
        {
            for (var align = 1L << 30; align >= 1L << 12; align >>= 1)
            {
                yield return Alignment.FromBytes(align);
            }
        }
    }

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
        var other = recorded ?? planned;
        var devices = Once([planned.DeviceSize, other.DeviceSize]);
        var labels = Once([planned.LabelSize, other.LabelSize, SizingRequest.OvirtLabelSize]);
        var aligns = Once<Alignment?>([planned.AlignSize, other.AlignSize, .. UsualAligns]);
        foreach (var architecture in planned.Architecture.IsPower ? PowerFirst : X86First)
        {
            foreach (var device in devices)
            {
                foreach (var label in labels)
                {
                    foreach (var strategy in Strategies)
                    {
                        foreach (var align in aligns)
                        {
                            var request = new SizingRequest(architecture, device) { LabelSize = label, Strategy = strategy, Align = align };
                            if (NvdimmSizer.Size(request).Layout is not { } layout)
                            {
                                continue;
                            }

                            yield return (new LabelPlace(layout.LabelOffset, label), layout);
                            yield return (new LabelPlace(layout.TargetSize - label, label), layout);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Each value once, where it stands first.</summary>
    private static T[] Once<T>(ReadOnlySpan<T> values)
    {
        var once = new List<T>(values.Length);
        foreach (var value in values)
        {
            if (!once.Contains(value))
            {
                once.Add(value);
            }
        }

        return [.. once];
    }

    private static LayoutCandidate Of(NvdimmLayout layout, LabelPlace place)
    {
        var request = layout.Request;
        var rounding = place.Offset == layout.LabelOffset ? "" : ", without libvirt's rounding";
        var origin = $"{request.Strategy.ToString().ToLowerInvariant()} for {request.Architecture} with {(request.Align is { } align ? $"alignment {align}" : "no alignment")} on {request.DeviceSize}{rounding}";
        return new LayoutCandidate(place, origin, layout.TargetSize, layout.AlignSize);
    }

    private static LayoutCandidate Of(DeviceLayout layout, string origin) =>
        new(new(layout.LabelOffset, layout.LabelSize), origin, layout.TargetSize, layout.AlignSize);
}
