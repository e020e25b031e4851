namespace Nvdimm.Extensions.Sizing;

/// <summary>The sizes that the oVirt Engine computes, in bytes.</summary>
internal static class OvirtArithmetic
{
    private const long MiB = 1L << 20;

    // oVirt Engine 4.5.7, VmInfoBuildUtils.java, getNvdimmAlignedSize: the engine cuts the device size to hot-plug blocks and, on POWER,
    // adds the label. If the alignment divides the block, it subtracts what QEMU would have beyond whole hot-plug blocks. Java divides
    // towards zero: a device below one block gives 0 or a few KiB, never a negative size.
    public static long? TargetSize(long deviceSize, long align, long labelSize, GuestFamily family)
    {
        var hotPlugBlock = family.HotPlugBlock.Bytes;
        var size = deviceSize / hotPlugBlock * hotPlugBlock;
        if (family.LabelIsOnTop)
        {
            size += labelSize;
        }

        var seenByQemu = (size - labelSize) / align * align;
        if (hotPlugBlock % align == 0)
        {
            return size - (seenByQemu % hotPlugBlock);
        }

        return align % hotPlugBlock == 0 ? size : null;
    }

    // oVirt Engine 4.5.7, VmInfoBuildUtils.java, tsegSizeMB: only for UEFI guests from 128 vCPUs (ManyVmCpus) or from 16 GiB of maximum
    // memory (UefiBigVmMemoryGB). 16 MiB, plus 24 for the vCPUs, plus 8 for each whole TiB of memory and NVDIMMs and 8 more.
    public static long? TsegSize(int maxVcpus, long maxMemory, long nvdimmTotal)
    {
        var maxMemoryMiB = maxMemory / MiB;
        if (maxVcpus < 128 && maxMemoryMiB < 16 * 1024)
        {
            return null;
        }

        var mebibytes = maxVcpus >= 128 ? 16L + 24 : 16;
        mebibytes += (((maxMemoryMiB + (nvdimmTotal / MiB)) / MiB) + 1) * 8;
        return mebibytes * MiB;
    }
}
