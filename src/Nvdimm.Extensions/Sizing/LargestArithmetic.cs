namespace Nvdimm.Extensions.Sizing;

/// <summary>The largest target size that keeps every rule of the chain.</summary>
internal static class LargestArithmetic
{
    /// <summary>
    /// The alignment to write. libvirt rounds sizes up to 2 MiB except on POWER, so that with a smaller alignment QEMU would give the guest
    /// what libvirt added; with at least 2 MiB it is cut off again.
    /// </summary>
    public static long Align(long align, GuestFamily family, LibvirtProfile libvirt) =>
        family.LabelIsOnTop ? align : Math.Max(align, libvirt.ModuleBlock.Bytes);

    /// <summary>
    /// The target size, 0 where there is none. POWER: the most blocks that fit beside the label. Elsewhere: the most hot-plug blocks
    /// that fit beside the label rounded up to libvirt's block; with an alignment above the hot-plug block the whole device, since QEMU aligns
    /// the guest size down to a multiple of it by itself. A dax device is mapped in multiples of its alignment, which is then
    /// at least libvirt's block, so that everything is rounded to that instead.
    /// </summary>
    public static long TargetSize(in SizingRequest request, long align, GuestFamily family, LibvirtProfile libvirt)
    {
        var (device, label, block) = (request.DeviceSize.Bytes, request.LabelSize.Bytes, family.HotPlugBlock.Bytes);
        var step = request.IsDevdax ? align : libvirt.ModuleBlock.Bytes;
        if (!family.LabelIsOnTop && align > block)
        {
            return device / step * step;
        }

        var labelRoom = family.LabelIsOnTop ? label : (label + step - 1) / step * step;
        var blocks = device < labelRoom ? 0 : (device - labelRoom) / block;
        return blocks == 0 ? 0 : (blocks * block) + labelRoom;
    }
}
