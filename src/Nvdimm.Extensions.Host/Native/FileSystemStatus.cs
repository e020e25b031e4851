using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>The result of <c>fstatfs(2)</c> for the mount through which a file was opened.</summary>
/// <param name="Type">The file system's magic number, such as <see cref="Ext4"/>.</param>
/// <param name="IsReadOnly">Whether the mount or the file system is read-only.</param>
/// <param name="BlockSize">
/// The block size in bytes; on hugetlbfs the huge page size (Linux v6.1 <c>fs/hugetlbfs/inode.c</c>, hugetlbfs_statfs).
/// </param>
internal readonly record struct FileSystemStatus(long Type, bool IsReadOnly, long BlockSize)
{
    /// <summary>EXT4_SUPER_MAGIC, also of ext2 and ext3.</summary>
    public const long Ext4 = 0xEF53;

    /// <summary>XFS_SUPER_MAGIC.</summary>
    public const long Xfs = 0x58465342;

    /// <summary>HUGETLBFS_MAGIC.</summary>
    public const long HugeTlb = 0x958458F6;

    /// <summary>More than the size of <c>struct statfs</c> on any 64-bit architecture.</summary>
    private const int BufferSize = 256;

    // Linux v6.1 include/uapi/asm-generic/statfs.h: f_type and f_bsize come first, f_flags after ten words and f_fsid.
    private const int FlagsOffset = 80;

    /// <summary>ST_RDONLY.</summary>
    private const long ReadOnly = 1;

    /// <exception cref="IOException">The file cannot be examined.</exception>
    public static FileSystemStatus Of(int descriptor, string path)
    {
        Span<byte> status = stackalloc byte[BufferSize];
        return LinuxCalls.FileSystemStatus(descriptor, status) == 0
            ? new FileSystemStatus(Word(status, 0), (Word(status, FlagsOffset) & ReadOnly) != 0, Word(status, sizeof(long)))
            : throw LinuxCalls.Failure($"look at the file system of {path}");
    }

    private static long Word(ReadOnlySpan<byte> status, int offset) => MemoryMarshal.Read<long>(status[offset..]);
}
