namespace Nvdimm.Extensions.Sizing;

/// <summary>How NVDIMMs change the memory settings of the whole domain.</summary>
public static class DomainMemory
{
    /// <summary>
    /// The number of memory slots of a domain: 16. Each NVDIMM and each hot-plugged DIMM takes one (oVirt Engine 4.5,
    /// <c>MaxMemorySlots</c>).
    /// </summary>
    public const int Slots = 16;

    /// <summary>
    /// The domain's <c>&lt;maxMemory&gt;</c>, exact to the byte: the VM's own maximum plus the backend sizes of its NVDIMMs. oVirt adds the
    /// target sizes instead (oVirt Engine 4.5, <c>LibvirtVmXmlBuilder.writeMaxMemory</c>). The two differ only where libvirt rounds a
    /// target size up to 2 MiB. Then oVirt's sum is up to 2 MiB short, and QEMU 7.2 does not start a VM whose memory is at its maximum
    /// ("not enough space … for memory devices"; measured with libvirt 9.0.0).
    /// </summary>
    /// <param name="vmMaxMemory">The VM's own maximum memory, without NVDIMMs.</param>
    /// <param name="layouts">The layouts of its NVDIMMs.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layouts"/> is null.</exception>
    /// <exception cref="OverflowException">The sum is above 2^63 - 1 bytes.</exception>
    public static ByteSize MaxMemory(ByteSize vmMaxMemory, IEnumerable<NvdimmLayout> layouts) =>
        vmMaxMemory + Total(layouts, layout => layout.BackendSize);

    /// <summary>The number of memory slots that remain for memory hot plug, from 0 to 16.</summary>
    /// <param name="nvdimms">The number of NVDIMMs of the VM.</param>
    /// <param name="memoryDevices">The number of its other memory devices.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the sum of both is above 16.</exception>
    public static int SlotsLeft(int nvdimms, int memoryDevices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nvdimms);
        ArgumentOutOfRangeException.ThrowIfNegative(memoryDevices);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nvdimms, Slots - Math.Min(memoryDevices, Slots + 1));
        return Slots - nvdimms - memoryDevices;
    }

    /// <summary>
    /// The TSEG size that a large UEFI guest needs to start, as oVirt computes it (oVirt Engine 4.5.7, <c>VmInfoBuildUtils.tsegSizeMB</c>).
    /// Null if QEMU's default is enough: no UEFI, or fewer than 128 vCPUs and less than 16 GiB of maximum memory. oVirt counts whole TiB
    /// and adds one, so 1 TiB counts as two.
    /// </summary>
    /// <param name="isUefi">Whether the guest boots with UEFI.</param>
    /// <param name="maxVcpus">The largest number of vCPUs.</param>
    /// <param name="vmMaxMemory">The VM's own maximum memory, without NVDIMMs; rounded down to MiB.</param>
    /// <param name="layouts">The layouts of its NVDIMMs; their sum is rounded down to MiB.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layouts"/> is null.</exception>
    public static ByteSize? TsegSize(bool isUefi, int maxVcpus, ByteSize vmMaxMemory, IEnumerable<NvdimmLayout> layouts)
    {
        var total = Total(layouts, layout => layout.TargetSize);
        return isUefi && OvirtArithmetic.TsegSize(maxVcpus, vmMaxMemory.Bytes, total.Bytes) is { } size ? ByteSize.FromBytes(size) : null;
    }

    /// <summary>
    /// The VM's own memory, computed from a running domain, whose <c>&lt;memory&gt;</c> includes the NVDIMMs (VDSM 4.5,
    /// <c>_mem_subtract_nvdimms</c>). Null if the NVDIMMs are not smaller than the memory: then it does not include them.
    /// </summary>
    /// <param name="domainMemory">The running domain's memory.</param>
    /// <param name="nvdimmSizes">The target sizes of its NVDIMMs, as the running domain has them.</param>
    /// <exception cref="ArgumentNullException"><paramref name="nvdimmSizes"/> is null.</exception>
    /// <exception cref="OverflowException">The sum is above 2^63 - 1 bytes.</exception>
    public static ByteSize? NetMemory(ByteSize domainMemory, IEnumerable<ByteSize> nvdimmSizes)
    {
        ArgumentNullException.ThrowIfNull(nvdimmSizes);
        var nvdimms = nvdimmSizes.Aggregate(ByteSize.Zero, ByteSize.Add);
        return nvdimms < domainMemory ? domainMemory - nvdimms : null;
    }

    private static ByteSize Total(IEnumerable<NvdimmLayout> layouts, Func<NvdimmLayout, ByteSize> sizeOf)
    {
        ArgumentNullException.ThrowIfNull(layouts);
        return layouts.Aggregate(ByteSize.Zero, (total, layout) => total + sizeOf(layout));
    }
}
