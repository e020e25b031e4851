namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// The figures of a device that a host reports to the engine, chosen such that the engine's own formula asks for a layout that works.
/// They need not be the device's: a larger size where the formula would waste so much that nothing is left, a smaller one where it would
/// ask for more than there is, a coarser alignment where libvirt's rounding would break memory hot plug, a finer one where the device's
/// would cut everything off.
/// </summary>
/// <param name="DeviceSize">The size to report.</param>
/// <param name="Align">The alignment to report; null to report none.</param>
/// <param name="Layout">The layout that follows, on the real device.</param>
public sealed record EngineReport(ByteSize DeviceSize, Alignment? Align, NvdimmLayout Layout)
{
    /// <summary>Whether it is what the device itself has.</summary>
    public bool IsUnchanged => DeviceSize == Layout.Request.DeviceSize && Align == Layout.Request.Align;

    /// <summary>
    /// The report for a device that has no layout yet: what it has where that works without any finding, otherwise the report that gives
    /// the guest the most.
    /// </summary>
    /// <param name="request">The device. Its strategy is not used.</param>
    /// <returns>The report; null where no size that the engine can ask for works.</returns>
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

        return best is { Sized.Layout: { } layout } found ? new EngineReport(found.Size, found.Align, layout) : null;
    }

    /// <summary>The report for a device that has a layout, which leads to exactly that one.</summary>
    /// <param name="request">The device as it is now. Its strategy is not used.</param>
    /// <param name="targetSize">The target size of its layout.</param>
    /// <param name="alignSize">The alignment of its layout.</param>
    /// <returns>The report; null where the engine's formula cannot lead to it, or the device cannot take it.</returns>
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

    /// <summary>What reported figures lead to on the device; null where it does not work without any finding.</summary>
    private static SizingResult? Try(in SizingRequest request, ByteSize size, Alignment? align)
    {
        if (Engine(request, size, align) is not { TargetSize: { } target, AlignSize: { } written })
        {
            return null;
        }

        var sized = NvdimmSizer.Keep(request, target, written);
        return sized.Verdict == LayoutVerdict.Ok ? sized : null;
    }

    /// <summary>What the engine makes of reported figures. It always asks for a label of 128 KiB.</summary>
    private static SizingResult Engine(in SizingRequest request, ByteSize size, Alignment? align) =>
        NvdimmSizer.Size(new SizingRequest(request.Architecture, size) { Align = align, Profile = request.Profile });

    /// <summary>
    /// An alignment below libvirt's rounding breaks hot plug; a larger one than the device's wastes, but works; a smaller one works except on
    /// a dax device, for which the sizer refuses it. On the others it is QEMU's matter alone: they are mapped by pages.
    /// </summary>
    private static IEnumerable<Alignment> Aligns(SizingRequest request)
    {
        var block = request.Architecture.HotPlugBlock;
        var own = request.Align ?? block;
        return new[] { own, request.Libvirt.ModuleBlock, block }.Distinct();
    }

    /// <summary>Whole hot-plug blocks, since the engine cuts to them: from one more than the device has down to where any rounding ends.</summary>
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
