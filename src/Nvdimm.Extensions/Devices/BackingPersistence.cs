namespace Nvdimm.Extensions.Devices;

/// <summary>What becomes of data that the guest has synced when the host crashes. Measured with QEMU 7.2 and Linux 6.1.</summary>
public enum BackingPersistence
{
    /// <summary>Nothing is known of the backing.</summary>
    Unknown,

    /// <summary>
    /// QEMU maps the backing through the host's page cache: synced data is lost. So with every block device, <c>/dev/pmemX</c> in the modes
    /// fsdax, raw and sector, whatever the domain says of <c>&lt;pmem/&gt;</c>; and with a file on a file system that is not mounted with DAX.
    /// </summary>
    PageCache,

    /// <summary>
    /// The guest writes to the memory itself, and the memory keeps it: synced data is kept. So with a dax device, <c>/dev/daxX.Y</c>, whose bus and
    /// region promise that (<see cref="NvdimmDevice.PersistenceDomain"/>), and with a file on ext4 or xfs that is mounted with <c>-o dax</c>.
    /// </summary>
    Dax,

    /// <summary>
    /// The guest writes to the memory itself, and nothing promises that the memory keeps it: a dax device on RAM (<c>memmap=</c>, ramdax), in a VM
    /// (virtio-pmem), of a region without persistence domain, or of which the listing says neither.
    /// </summary>
    DaxUnproven,
}
