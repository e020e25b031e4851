namespace Nvdimm.Extensions.Devices;

/// <summary>
/// The identity of a regular file, independent of its name and of the mount point. A copy is another file, and so is a file that reuses the
/// inode of a deleted one.
/// </summary>
/// <param name="FileSystem">The UUID of the file system; never all zeros.</param>
/// <param name="Inode">The inode number.</param>
/// <param name="Generation">The inode's generation. The file system changes it when it reuses an inode number.</param>
public sealed record FileIdentity(Guid FileSystem, ulong Inode, uint Generation);
