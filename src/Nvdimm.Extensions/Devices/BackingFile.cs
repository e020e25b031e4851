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
