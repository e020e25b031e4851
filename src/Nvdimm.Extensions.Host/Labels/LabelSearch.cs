using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The places to search for labels. The default is a search of a device of which nothing is known.</summary>
public sealed record LabelSearch
{
    private static readonly long ModuleBlock = LabelPlace.ModuleBlock.Bytes;

    /// <summary>
    /// The sizes of label areas that are searched at every possible place: 128 KiB (the minimum of libvirt, the size of oVirt) and every
    /// power of two up to 256 MiB. Areas of other sizes are found at the places of a layout, at every place that follows from a multiple of
    /// 2 MiB, and near the end of unknown devices.
    /// </summary>
    public static ValueList<ByteSize> UsualLabelSizes { get; } =
        [.. Enumerable.Range(0, 12).Select(power => ByteSize.FromKiB(128L << power))];

    /// <summary>The search of a device of which nothing is known.</summary>
    public static LabelSearch Everywhere { get; } = new();

    /// <summary>The extent of the search. Default: everywhere.</summary>
    public LabelSearchScope Scope { get; init => field = EnumArgument.Checked(value, last: LabelSearchScope.Places); }

    /// <summary>
    /// The asked and the recorded layouts. Their places are searched, and those that follow from their device and label sizes.
    /// </summary>
    public ValueList<DeviceLayout> Layouts { get; init; } = [];

    /// <summary>Further places to search.</summary>
    public ValueList<LabelPlace> Places { get; init; } = [];

    /// <summary>A label size that was asked for without a layout, for example because the layout is refused; null for none.</summary>
    public ByteSize? LabelSize { get; init; }

    /// <summary>Searches only these places, for areas of these sizes or of the size that the index there gives.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="places"/> is null.</exception>
    public static LabelSearch At(IEnumerable<LabelPlace> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        return new LabelSearch { Scope = LabelSearchScope.Places, Places = places.ToValueList() };
    }

    /// <summary>The search before a start: everywhere if there is no record, else where labels of a known device can be.</summary>
    /// <param name="asked">The layout that is asked for; null if it is refused.</param>
    /// <param name="recorded">The recorded layout; null if there is none.</param>
    /// <param name="labelSize">The label size that is asked for; null for that of <paramref name="asked"/>.</param>
    public static LabelSearch For(DeviceLayout? asked, DeviceLayout? recorded, ByteSize? labelSize = null) => new()
    {
        Scope = recorded is null ? LabelSearchScope.Everywhere : LabelSearchScope.Known,
        Layouts = (asked, recorded) switch
        {
            ({ } one, { } other) => [one, other],
            ({ } one, null) => [one],
            (null, { } other) => [other],
            _ => [],
        },
        LabelSize = labelSize,
    };

    /// <summary>The areas that the caller expects: those of the layouts, then the further places.</summary>
    internal LabelPlace[] RequestedPlaces() =>
        [.. Layouts.Select(layout => new LabelPlace(layout.LabelOffset, layout.LabelSize)), .. Places];

    /// <summary>The label sizes that are searched at every possible place, in bytes, each once.</summary>
    internal List<long> Sizes()
    {
        var sizes = Asked();
        if (Scope is LabelSearchScope.Everywhere or LabelSearchScope.NearEnd)
        {
            foreach (var usual in UsualLabelSizes)
            {
                Add(sizes, usual.Bytes);
            }
        }

        return sizes;
    }

    /// <summary>The offsets to search one by one on a device of that size in bytes, ascending, each once; all are on the device.</summary>
    internal long[] Offsets(long deviceSize)
    {
        var offsets = new List<long>(1024);
        foreach (var place in Places)
        {
            offsets.Add(place.Offset.Bytes);
        }

        foreach (var layout in Layouts)
        {
            offsets.Add(layout.LabelOffset.Bytes);
        }

        if (Scope != LabelSearchScope.Places)
        {
            AddLikely(offsets, deviceSize);
        }

        offsets.Sort();
        var count = 0;
        for (var at = 0; at < offsets.Count && offsets[at] <= deviceSize - IndexBlock.Unit; at++)
        {
            if (count == 0 || offsets[count - 1] != offsets[at])
            {
                offsets[count++] = offsets[at];
            }
        }

        offsets.RemoveRange(count, offsets.Count - count);
        return [.. offsets];
    }

    private void AddLikely(List<long> offsets, long deviceSize)
    {
        List<ByteSize> devices = [ByteSize.FromBytes(deviceSize)];
        foreach (var layout in Layouts)
        {
            if (!devices.Contains(layout.DeviceSize))
            {
                devices.Add(layout.DeviceSize);
            }
        }

        foreach (var device in devices)
        {
            LayoutCandidates.AddOffsets(offsets, device, Layouts, Asked());
            AddNearEnd(offsets, device);
        }
    }

    /// <summary>
    /// Adds the offsets near the end. Sizes that differ by a multiple of 2 MiB have the same places in a grid of 2 MiB, so one size for
    /// each remainder is enough. For sizes without remainder it adds the whole grid near the end, from the first place of the largest usual
    /// size.
    /// </summary>
    private void AddNearEnd(List<long> offsets, ByteSize device)
    {
        foreach (var size in Sizes())
        {
            if (size % ModuleBlock != 0 || Scope == LabelSearchScope.Known)
            {
                foreach (var place in LabelPlace.NearEnd(device, ByteSize.FromBytes(size)))
                {
                    offsets.Add(place.Offset.Bytes);
                }
            }
        }

        if (Scope != LabelSearchScope.Known)
        {
            var from = device.Bytes - (2 * GuestFamily.Power.HotPlugBlock.Bytes) - UsualLabelSizes[^1].Bytes;
            for (var at = Math.Max(1, from / ModuleBlock) * ModuleBlock; at < device.Bytes; at += ModuleBlock)
            {
                offsets.Add(at);
            }
        }
    }

    private List<long> Asked()
    {
        var sizes = new List<long>(16) { SizingRequest.OvirtLabelSize.Bytes };
        foreach (var layout in Layouts)
        {
            Add(sizes, layout.LabelSize.Bytes);
        }

        if (LabelSize is { } asked)
        {
            Add(sizes, asked.Bytes);
        }

        return sizes;
    }

    private static void Add(List<long> sizes, long size)
    {
        if (!sizes.Contains(size))
        {
            sizes.Add(size);
        }
    }
}

/// <summary>
/// The extent of a search for labels. <c>LAYOUTS.md</c> says which places and how many reads that means, and why they are enough.
/// </summary>
public enum LabelSearchScope
{
    /// <summary>For an unknown device: everywhere that libvirt puts labels, and every KiB near the end.</summary>
    Everywhere,

    /// <summary>Near the end, with every usual label size. For a list of devices; the start of a VM searches further.</summary>
    NearEnd,

    /// <summary>
    /// For a device with a record: the layouts of every strategy, and near the end with the asked and the recorded label sizes.
    /// </summary>
    Known,

    /// <summary>Only the named places.</summary>
    Places,
}
