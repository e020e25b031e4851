namespace Nvdimm.Extensions.Sizing;

/// <summary>The largest target size that keeps every rule of the chain.</summary>
internal static class LargestArithmetic
{
    private const long ModuleBlock = 2L << 20;

    /// <summary>
    /// The alignment to write. libvirt rounds sizes on x86 to 2 MiB, so that with a smaller alignment QEMU would give the guest
    /// what libvirt added; with at least 2 MiB it is cut off again.
    /// </summary>
    public static long Align(long align, bool isPower) => isPower ? align : Math.Max(align, ModuleBlock);

    /// <summary>
    /// The target size, 0 where there is none. POWER: the most blocks that fit beside the label. x86: the most hot-plug blocks
    /// that fit beside the label rounded up to 2 MiB; with an alignment above the block the whole device, since QEMU aligns
    /// the guest size down to a multiple of the block by itself. A dax device is mapped in multiples of its alignment, which is then
    /// at least 2 MiB, so that everything is rounded to that instead.
    /// </summary>
    public static long TargetSize(long deviceSize, long align, long labelSize, long hotPlugBlock, bool isPower, bool isDevdax)
    {
        var step = isDevdax ? align : ModuleBlock;
        if (!isPower && align > hotPlugBlock)
        {
            return deviceSize / step * step;
        }

        var labelRoom = isPower ? labelSize : (labelSize + step - 1) / step * step;
        var blocks = deviceSize < labelRoom ? 0 : (deviceSize - labelRoom) / hotPlugBlock;
        return blocks == 0 ? 0 : (blocks * hotPlugBlock) + labelRoom;
    }
}
