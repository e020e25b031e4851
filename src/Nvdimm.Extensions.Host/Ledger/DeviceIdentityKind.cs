namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>What a device is recognised by, from the strongest to the weakest.</summary>
public enum DeviceIdentityKind
{
    /// <summary>The namespace's uuid. It goes with the device wherever that is plugged in.</summary>
    Uuid,

    /// <summary>
    /// The uuid of the raw area under a namespace that shows none of its own. It stays when the namespace is given another mode.
    /// </summary>
    RawUuid,

    /// <summary>
    /// A regular file by the uuid of its file system, its inode and the inode's generation. It stays when the file is given another name in
    /// the same file system or when that is mounted elsewhere; a copy is another file.
    /// </summary>
    File,

    /// <summary>
    /// The kernel name only, or the path of a file that has no other identity. After a reboot it can stand for another device; the recorded size
    /// and the labels on the device are all that tells then. The size is not part of the identity, so that a resized device is noticed and not taken
    /// for a new one.
    /// </summary>
    KernelName,
}
