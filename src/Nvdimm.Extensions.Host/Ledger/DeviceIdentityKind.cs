namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>The kinds of identity by which a device is recognised, from the strongest to the weakest.</summary>
public enum DeviceIdentityKind
{
    /// <summary>The namespace's uuid. It stays with the device wherever the device is plugged in.</summary>
    Uuid,

    /// <summary>
    /// The uuid of the raw area under a namespace that shows no uuid of its own. It stays if the namespace is converted to another mode.
    /// </summary>
    RawUuid,

    /// <summary>
    /// A regular file by the uuid of its file system, its inode and the inode's generation. It stays if the file is renamed within its file
    /// system, or if the file system is mounted elsewhere. A copy is another file.
    /// </summary>
    File,

    /// <summary>
    /// Only the kernel name, or the path of a file without another identity. After a reboot it can stand for another device; only the
    /// recorded size and the labels on the device can then tell. The size is not part of the identity, so that a resized device is noticed
    /// and not taken for a new one.
    /// </summary>
    KernelName,
}
