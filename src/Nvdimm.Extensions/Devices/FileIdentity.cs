namespace Nvdimm.Extensions.Devices;

/// <summary>
/// What identifies a regular file wherever its file system is mounted and whatever the file is called. A copy is another file, and so is a
/// file that takes the inode of a deleted one.
/// </summary>
/// <param name="FileSystem">The uuid of the file system; never all zeros.</param>
/// <param name="Inode">The inode number.</param>
/// <param name="Generation">The inode's generation: the file system gives an inode number that it uses again another one.</param>
public sealed record FileIdentity(Guid FileSystem, ulong Inode, uint Generation);
