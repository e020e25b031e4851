namespace Nvdimm.Extensions.Devices;

/// <summary>The facts about a device that is a regular file of the host.</summary>
/// <param name="Identity">
/// The identity of the file; null if the file system has no UUID, or its inode numbers do not identify a file across mounts. Then only the
/// path is known.
/// </param>
/// <param name="IsDax">Whether the file is mapped without the host's page cache: its file system is mounted with DAX.</param>
public sealed record BackingFile(FileIdentity? Identity, bool IsDax)
{
    /// <summary>
    /// The huge page size of a file on hugetlbfs, in which QEMU maps and aligns it; null for a file that is mapped in the host's usual
    /// pages.
    /// </summary>
    public Alignment? PageSize { get; init; }
}

/// <summary>
/// The identity of a regular file, independent of its name and of the mount point. A copy is another file, and so is a file that reuses the
/// inode of a deleted one.
/// </summary>
/// <param name="FileSystem">The UUID of the file system; never all zeros.</param>
/// <param name="Inode">The inode number.</param>
/// <param name="Generation">The inode's generation. The file system changes it when it reuses an inode number.</param>
public sealed record FileIdentity(Guid FileSystem, ulong Inode, uint Generation);
