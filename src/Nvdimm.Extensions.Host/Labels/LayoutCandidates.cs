using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The offsets at which any strategy or rounding could have put a label on a device, each with its layout.</summary>
public static class LayoutCandidates
{
    /// <summary>One architecture for each set of sizing rules.</summary>
    private static readonly GuestArchitecture[] Distinct =
        [.. GuestFamily.All.DistinctBy(family => (family.HotPlugBlock, family.LabelIsOnTop)).Select(family => family.Architectures[^1])];

    private static readonly SizingStrategy[] Strategies = [SizingStrategy.Ovirt, SizingStrategy.Largest];

    /// <summary>
    /// The alignments that ndctl can give a namespace, and those of pages and hot-plug blocks; then all others that QEMU accepts.
    /// </summary>
    private static readonly Alignment?[] UsualAligns = DistinctValues<Alignment?>(
    [
        null, Alignment.FromKiB(4), Alignment.FromKiB(64), Alignment.FromMiB(2), Alignment.FromMiB(16), Alignment.FromMiB(128),
        Alignment.FromMiB(256),
        Alignment.FromMiB(1024), .. Aligns,
    ]);

    /// <summary>Every alignment that QEMU accepts, from 1 GiB down to the page of 4 KiB.</summary>
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
    /// The candidates, likeliest first and one for each place: the plan; the record; then every strategy with every alignment from 4 KiB to
    /// 1 GiB (the usual ones first), the label sizes of plan and record and every usual one, the device sizes of plan and record, with and
    /// without libvirt's rounding.
    /// </summary>
    /// <param name="planned">The plan.</param>
    /// <param name="recorded">The recorded layout; null if there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="planned"/> is null.</exception>
    public static ValueList<LayoutCandidate> For(DeviceLayout planned, DeviceLayout? recorded)
    {
        ArgumentNullException.ThrowIfNull(planned);
        var other = recorded ?? planned;
        var labels = DistinctValues([planned.LabelSize, other.LabelSize, .. LabelSearch.UsualLabelSizes]);
        var aligns = DistinctValues<Alignment?>([planned.AlignSize, other.AlignSize, .. UsualAligns]);
        var computed = DistinctValues([planned.DeviceSize, other.DeviceSize])
            .SelectMany(device => Computed(Order(planned.Architecture), device, labels, aligns));
        return Known(planned, recorded).Concat(Named(computed)).DistinctBy(candidate => candidate.Place).ToValueList();
    }

    /// <summary>
    /// As above for a device without a plan, for example because the plan is refused: every strategy, alignment and label size.
    /// </summary>
    /// <param name="request">The device; its strategy is not used.</param>
    public static ValueList<LayoutCandidate> For(in SizingRequest request) => Named(Computed(
        Order(request.Architecture),
        request.DeviceSize,
        DistinctValues([request.LabelSize, .. LabelSearch.UsualLabelSizes]),
        DistinctValues<Alignment?>([request.Align, .. UsualAligns]))).DistinctBy(candidate => candidate.Place).ToValueList();

    /// <summary>
    /// Adds the label offsets that every start searches, in bytes, many of them several times. For the expected label sizes: the offsets of
    /// all candidates. For every other usual label size: those of the whole device, and of both strategies with the device's own
    /// alignments; for sizes up to 2 MiB also the offsets from where the same backends end. All candidates of every size would take some
    /// thousand computations, which is longer than all reads together.
    /// </summary>
    /// <param name="offsets">Takes the offsets.</param>
    /// <param name="device">The size of the device.</param>
    /// <param name="layouts">The asked and the recorded layouts, for their alignments.</param>
    /// <param name="labels">The expected label sizes, in bytes.</param>
    internal static void AddOffsets(List<long> offsets, ByteSize device, ValueList<DeviceLayout> layouts, List<long> labels)
    {
        Alignment?[] aligns = DistinctValues<Alignment?>([.. layouts.Select(layout => (Alignment?)layout.AlignSize), null]);
        List<long> ends = [device.Bytes, device.AlignDown(HypervisorProfile.Newest.Libvirt.ModuleBlock).Bytes];
        foreach (var (place, layout) in Computed(
            Distinct, device, [.. labels.ConvertAll(ByteSize.FromBytes)], DistinctValues<Alignment?>([.. aligns, .. UsualAligns])))
        {
            offsets.Add(place.Offset.Bytes);
            var end = (place.Offset + place.Size).Bytes;
            if (!layout.Request.Architecture.Family!.LabelIsOnTop && !ends.Contains(end))
            {
                ends.Add(end);
            }
        }

        foreach (var usual in LabelSearch.UsualLabelSizes)
        {
            for (var at = 0; at < (usual > HypervisorProfile.Newest.Libvirt.ModuleBlock.Size ? 2 : ends.Count); at++)
            {
                if (ends[at] > usual.Bytes)
                {
                    offsets.Add(ends[at] - usual.Bytes);
                }
            }
        }

        foreach (var (place, _) in Computed(Distinct[..1], device, [.. LabelSearch.UsualLabelSizes], aligns))
        {
            offsets.Add(place.Offset.Bytes);
        }
    }

    /// <summary>The architectures, those with the same sizing rules as <paramref name="first"/> first.</summary>
    private static GuestArchitecture[] Order(GuestArchitecture first) =>
        [.. Distinct.OrderByDescending(other => first.Family is { } family && family.LabelIsOnTop == other.Family!.LabelIsOnTop)];

    private static IEnumerable<LayoutCandidate> Known(DeviceLayout planned, DeviceLayout? recorded)
    {
        yield return Of(planned, "the plan");
        if (recorded is not null)
        {
            yield return Of(recorded, "the ledger's record");
        }
    }

    private static IEnumerable<LayoutCandidate> Named(IEnumerable<(LabelPlace Place, NvdimmLayout Layout)> computed) =>
        computed.DistinctBy(candidate => candidate.Place).Select(candidate => Of(candidate.Layout, candidate.Place));

    private static IEnumerable<(LabelPlace Place, NvdimmLayout Layout)> Computed(
        GuestArchitecture[] architectures, ByteSize device, ByteSize[] labels, Alignment?[] aligns)
    {
        foreach (var architecture in architectures)
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

    /// <summary>The values without duplicates, in the order of their first occurrence.</summary>
    private static T[] DistinctValues<T>(ReadOnlySpan<T> values)
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
        var labelled = request.LabelSize == SizingRequest.OvirtLabelSize ? "" : $" with a label of {request.LabelSize.Bytes} bytes";
        var aligned = request.Align is { } align ? $"alignment {align}" : "no alignment";
        var sized = $"{request.DeviceSize.Bytes} bytes{labelled}{rounding}";
        var origin = $"{request.Strategy.ToString().ToLowerInvariant()} for {request.Architecture} with {aligned} on {sized}";
        return new LayoutCandidate { Place = place, Origin = origin, TargetSize = layout.TargetSize, AlignSize = layout.AlignSize };
    }

    private static LayoutCandidate Of(DeviceLayout layout, string origin) =>
        new()
        {
            Place = new(layout.LabelOffset, layout.LabelSize),
            Origin = origin,
            TargetSize = layout.TargetSize,
            AlignSize = layout.AlignSize,
        };
}

/// <summary>A layout that could have put labels on a device.</summary>
public sealed record LayoutCandidate
{
    /// <summary>The place where it puts the labels.</summary>
    public required LabelPlace Place { get; init; }

    /// <summary>Its description in words: <c>the ledger's record</c>, <c>ovirt for x86_64 with alignment 2 MiB</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>The target size of the layout.</summary>
    public required ByteSize TargetSize { get; init; }

    /// <summary>The alignment of the layout.</summary>
    public required Alignment AlignSize { get; init; }
}
