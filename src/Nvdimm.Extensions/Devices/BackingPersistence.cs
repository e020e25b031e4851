namespace Nvdimm.Extensions.Devices;

/// <summary>Whether data that the guest has synced survives a crash of the host. Measured with QEMU 7.2 and Linux 6.1.</summary>
public enum BackingPersistence
{
    /// <summary>Nothing is known of the backing.</summary>
    Unknown,

    /// <summary>
    /// QEMU maps the backing through the host's page cache: synced data is lost. This holds for every block device (<c>/dev/pmemX</c> in
    /// the modes fsdax, raw and sector, with or without <c>&lt;pmem/&gt;</c>) and for a file on a file system that is not mounted with DAX.
    /// </summary>
    PageCache,

    /// <summary>
    /// The guest writes to the memory directly, and the memory is persistent: synced data is kept. This holds for a dax device
    /// (<c>/dev/daxX.Y</c>) whose bus and region are persistent (<see cref="NvdimmDevice.PersistenceDomain"/>), and for a file on ext4 or
    /// xfs that is mounted with <c>-o dax</c>.
    /// </summary>
    Dax,

    /// <summary>
    /// The guest writes to the memory directly, and whether the memory is persistent is not known: a dax device on RAM (<c>memmap=</c>,
    /// ramdax), in a VM (virtio-pmem), of a region without a persistence domain, or of which the listing says neither.
    /// </summary>
    DaxUnproven,
}
