namespace Nvdimm.Extensions.Sizing;

/// <summary>What libvirt makes of a target size.</summary>
internal static class LibvirtArithmetic
{
    private const long MiB = 1L << 20;

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainNVDimmAlignSizePseries: POWER's block.
    public const long PowerBlock = 256 * MiB;

    // libvirt v9.0.0 src/conf/domain_conf.c, virDomainMemoryTargetDefParseXML: the smallest label area.
    public const long MinimumLabelSize = 128 * 1024;

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainGetMemoryModuleSizeAlignment: modules of other architectures.
    private const long ModuleBlock = 2 * MiB;

    // libvirt v9.0.0 src/conf/domain_conf.c, virDomainMemoryTargetDefParseXML: the label has to be smaller than the size;
    // src/qemu/qemu_domain.c, qemuDomainNVDimmAlignSizePseries: POWER wants a whole block beside the label.
    public static long MinimumTargetSize(long labelSize, bool isPower) => isPower ? labelSize + PowerBlock : labelSize + 1;

    // libvirt v9.0.0 src/qemu/qemu_domain.c: POWER rounds what is beside the label down to whole blocks
    // (qemuDomainNVDimmAlignSizePseries), the others round the whole size up to 2 MiB (qemuDomainMemoryDeviceAlignSize).
    public static long BackendSize(long targetSize, long labelSize, bool isPower) => isPower
        ? ((targetSize - labelSize) / PowerBlock * PowerBlock) + labelSize
        : RoundUpToModule(targetSize);

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainMemoryDeviceAlignSize: VIR_ROUND_UP.
    public static long RoundUpToModule(long size) => size % ModuleBlock == 0 ? size : ((size / ModuleBlock) + 1) * ModuleBlock;

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainAlignMemorySizes: rounded up to POWER's block, or 1 MiB. QEMU's pseries takes nothing else.
    public static long MaxMemory(long maxMemory, bool isPower)
    {
        var step = isPower ? PowerBlock : MiB;
        return maxMemory % step == 0 ? maxMemory : ((maxMemory / step) + 1) * step;
    }
}
