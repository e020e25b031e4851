namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// The size and alignment that a host reports to the engine for a device, chosen so that the engine's own formula gives a layout that
/// works. They can differ from the device's. A larger size helps where the formula would waste everything, a smaller one where it would ask
/// for more than the device has. A coarser alignment helps where libvirt's rounding would break memory hot plug, a finer one where the
/// device's alignment would leave nothing.
/// </summary>
/// <param name="DeviceSize">The size to report.</param>
/// <param name="Align">The alignment to report; null to report none.</param>
/// <param name="Layout">The layout that the engine's formula then gives on the real device.</param>
public sealed record EngineReport(ByteSize DeviceSize, Alignment? Align, NvdimmLayout Layout)
{
    /// <summary>Whether the reported size and alignment equal the device's own.</summary>
    public bool IsUnchanged => DeviceSize == Layout.Request.DeviceSize && Align == Layout.Request.Align;

    /// <summary>
    /// Computes the report for a device that has no layout yet: the device's own size and alignment if they work without any finding,
    /// otherwise the report that gives the guest the most.
    /// </summary>
    /// <param name="request">The device. The strategy is ignored.</param>
    /// <returns>The report; null if the engine cannot ask for any size that works.</returns>
    public static EngineReport? For(in SizingRequest request)
    {
        if (!request.Architecture.IsSupported || request.DeviceSize.Bytes > NvdimmSizer.MaximumSize)
        {
            return null;
        }

        if (Try(request, request.DeviceSize, request.Align) is { Layout: { } unchanged })
        {
            return new EngineReport(request.DeviceSize, request.Align, unchanged);
        }

        (ByteSize Size, Alignment Align, SizingResult Sized)? best = null;
        foreach (var align in Aligns(request))
        {
            foreach (var size in Sizes(request, align))
            {
                if (Try(request, size, align) is { } sized && !(best?.Sized.Guest >= sized.Guest))
                {
                    best = (size, align, sized);
                }
            }
        }

        return best is { Sized.Layout: { } layout } report ? new EngineReport(report.Size, report.Align, layout) : null;
    }

    /// <summary>Computes the report that makes the engine's formula give exactly the layout that a device already has.</summary>
    /// <param name="request">The device as it is now. The strategy is ignored.</param>
    /// <param name="targetSize">The target size of that layout.</param>
    /// <param name="alignSize">The alignment of that layout.</param>
    /// <returns>The report; null if the engine's formula cannot give this layout, or the layout does not fit the device.</returns>
    public static EngineReport? Keeping(in SizingRequest request, ByteSize targetSize, Alignment alignSize)
    {
        if (NvdimmSizer.Keep(request, targetSize, alignSize).Layout is not { } layout)
        {
            return null;
        }

        var align = request.Align is null && alignSize == request.Architecture.HotPlugBlock ? request.Align : alignSize;
        var block = request.Architecture.HotPlugBlock.Bytes;
        return Around(targetSize.Bytes / block, alignSize.Bytes / block).Select(blocks => ByteSize.FromBytes(blocks * block))
            .Prepend(request.DeviceSize)
            .Where(size => Engine(layout.Request, size, align).TargetSize == targetSize)
            .Select(size => new EngineReport(size, align, layout))
            .FirstOrDefault();
    }

    /// <summary>The result on the device if this size and alignment are reported; null unless it works without any finding.</summary>
    private static SizingResult? Try(in SizingRequest request, ByteSize size, Alignment? align)
    {
        if (Engine(request, size, align) is not { TargetSize: { } target, AlignSize: { } written })
        {
            return null;
        }

        var sized = NvdimmSizer.Keep(request, target, written);
        return sized.Verdict == LayoutVerdict.Ok ? sized : null;
    }

    /// <summary>The layout that the engine computes from a reported size and alignment. It always asks for a label of 128 KiB.</summary>
    private static SizingResult Engine(in SizingRequest request, ByteSize size, Alignment? align) =>
        NvdimmSizer.Size(new SizingRequest(request.Architecture, size) { Align = align, Profile = request.Profile });

    /// <summary>
    /// The alignments to try. One below libvirt's rounding breaks memory hot plug. One above the device's works but wastes space. One below
    /// the device's works except on a dax device, where the sizer refuses it; other backings are mapped by pages, so only QEMU uses the
    /// alignment there.
    /// </summary>
    private static IEnumerable<Alignment> Aligns(SizingRequest request)
    {
        var block = request.Architecture.HotPlugBlock;
        var deviceAlign = request.Align ?? block;
        return new[] { deviceAlign, request.Libvirt.ModuleBlock, block }.Distinct();
    }

    /// <summary>
    /// The sizes to try, in whole hot-plug blocks because the engine cuts to them: from above the device's size down to the lowest size
    /// that any rounding can reach.
    /// </summary>
    private static IEnumerable<ByteSize> Sizes(SizingRequest request, Alignment align)
    {
        var block = request.Architecture.HotPlugBlock.Bytes;
        return Around(request.DeviceSize.Bytes / block, align.Bytes / block).Select(blocks => ByteSize.FromBytes(blocks * block));
    }

    private static IEnumerable<long> Around(long blocks, long alignBlocks)
    {
        for (var count = blocks + 2; count > 0 && count >= blocks - Math.Min(alignBlocks, 1 << 12) - 2; count--)
        {
            yield return count;
        }
    }
}
