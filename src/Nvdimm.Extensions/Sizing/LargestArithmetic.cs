namespace Nvdimm.Extensions.Sizing;

/// <summary>The largest target size that keeps every rule of oVirt, libvirt and QEMU. Sizes are in bytes.</summary>
internal static class LargestArithmetic
{
    /// <summary>
    /// The alignment to write. Except on POWER, libvirt rounds the size up to 2 MiB. With an alignment below 2 MiB QEMU would give the
    /// guest the bytes that libvirt added; with at least 2 MiB QEMU cuts them off.
    /// </summary>
    public static long Align(long align, GuestFamily family, LibvirtProfile libvirt) =>
        family.LabelIsOnTop ? align : Math.Max(align, libvirt.ModuleBlock.Bytes);

    /// <summary>
    /// The target size; 0 if nothing fits. On POWER it is the most blocks that fit beside the label. Elsewhere it is the most hot-plug
    /// blocks that fit beside the label, which is rounded up to libvirt's block. If the alignment is above the hot-plug block, it is the
    /// whole device, since QEMU aligns the guest size down itself. A dax device can only be mapped in multiples of its alignment, which is
    /// at least libvirt's block, so there everything is rounded to that alignment.
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
