namespace Nvdimm.Extensions.Sizing;

/// <summary>The size that libvirt computes from a target size, by the guest's family and the libvirt version. Sizes are in bytes.</summary>
internal static class LibvirtArithmetic
{
    // libvirt v9.0.0 src/conf/domain_conf.c, virDomainMemoryTargetDefParseXML: the label must be smaller than the size;
    // src/qemu/qemu_domain.c, qemuDomainNVDimmAlignSizePseries: POWER needs a whole block beside the label.
    public static long MinimumTargetSize(long labelSize, GuestFamily family, LibvirtProfile libvirt) =>
        family.LabelIsOnTop ? labelSize + libvirt.PseriesBlock.Bytes : labelSize + 1;

    // libvirt v9.0.0 src/qemu/qemu_domain.c: POWER rounds the size without the label down to whole blocks
    // (qemuDomainNVDimmAlignSizePseries); the others round the whole size up (qemuDomainMemoryDeviceAlignSize).
    public static long BackendSize(long targetSize, long labelSize, GuestFamily family, LibvirtProfile libvirt) => family.LabelIsOnTop
        ? ((targetSize - labelSize) / libvirt.PseriesBlock.Bytes * libvirt.PseriesBlock.Bytes) + labelSize
        : GuestAddressArithmetic.RoundUp(targetSize, libvirt.ModuleBlock.Bytes);

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainMemoryDeviceAlignSize: VIR_ROUND_UP of every memory device.
    public static Alignment DeviceBlock(GuestFamily family, LibvirtProfile libvirt) =>
        family.LabelIsOnTop ? libvirt.PseriesBlock : libvirt.ModuleBlock;

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainAlignMemorySizes. QEMU's pseries accepts only whole blocks.
    public static Alignment MaxMemoryBlock(GuestFamily family, LibvirtProfile libvirt) =>
        family.LabelIsOnTop ? libvirt.PseriesBlock : libvirt.MaxMemoryBlock;
}
