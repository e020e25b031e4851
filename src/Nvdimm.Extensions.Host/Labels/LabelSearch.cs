using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>Where labels are looked for. The default is a search of a device of which nothing is known.</summary>
public sealed record LabelSearch
{
    private static readonly long ModuleBlock = LabelPlace.ModuleBlock.Bytes;

    /// <summary>The last search that was asked for its offsets: the NVDIMMs of a VM are mostly alike, and share them. Nothing changes them.</summary>
    [ThreadStatic]
    private static (LabelSearch Search, long DeviceSize, long[] Offsets)? last;

    /// <summary>
    /// The sizes of label areas that are looked for wherever they can be: 128 KiB (libvirt's smallest, oVirt's), and every power of two up to 256 MiB.
    /// Areas of other sizes are found where a layout says so, at every place that a multiple of 2 MiB leads to, and near the end of unknown devices.
    /// </summary>
    public static ValueList<ByteSize> UsualLabelSizes { get; } = [.. Enumerable.Range(0, 12).Select(power => ByteSize.FromKiB(128L << power))];

    /// <summary>Nothing is known of the device.</summary>
    public static LabelSearch Everywhere { get; } = new();

    /// <summary>How far it goes. Default: everywhere.</summary>
    public LabelSearchScope Scope { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The layouts that are asked for and recorded: their places are looked at, and what their device and label sizes lead to.</summary>
    public ValueList<DeviceLayout> Layouts { get; init; } = [];

    /// <summary>Further places to look at.</summary>
    public ValueList<LabelPlace> Places { get; init; } = [];

    /// <summary>A label size that is asked for without a layout, such as one that is refused; null where there is none.</summary>
    public ByteSize? LabelSize { get; init; }

    /// <summary>Looks at these places only, in areas of these sizes or of whatever size the index there says.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="places"/> is null.</exception>
    public static LabelSearch At(IEnumerable<LabelPlace> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        return new LabelSearch { Scope = LabelSearchScope.Places, Places = places.ToValueList() };
    }

    /// <summary>Before a start: everywhere where there is no record; otherwise where labels of a known device can be.</summary>
    /// <param name="asked">The layout that is asked for; null where it is refused.</param>
    /// <param name="recorded">The recorded layout; null where there is none.</param>
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

    /// <summary>The areas that are asked about: those of the layouts, then the further places.</summary>
    internal LabelPlace[] AskedPlaces() => [.. Layouts.Select(layout => new LabelPlace(layout.LabelOffset, layout.LabelSize)), .. Places];

    /// <summary>The label sizes that this search looks for wherever they can be, in bytes, each once.</summary>
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

    /// <summary>The offsets to look at one by one on a device of that size in bytes, in ascending order, each once; all are on the device.</summary>
    internal long[] Offsets(long deviceSize)
    {
        if (last is not { } known || known.DeviceSize != deviceSize || known.Search != this)
        {
            last = known = (this, deviceSize, Computed(deviceSize));
        }

        return known.Offsets;
    }

    private long[] Computed(long deviceSize)
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
    /// Sizes that differ by a multiple of 2 MiB have the same places in a grid of 2 MiB. So one size for each remainder is enough, and for those without
    /// remainder the whole grid near the end, from where the largest usual one can begin.
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
