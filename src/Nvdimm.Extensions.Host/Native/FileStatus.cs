namespace Nvdimm.Extensions.Host.Native;

/// <summary>The result of <c>statx(2)</c> for a file (Linux v6.1 <c>include/uapi/linux/stat.h</c>, struct statx).</summary>
/// <param name="Kind">The file type.</param>
/// <param name="Size">The size in bytes; 0 for a device.</param>
/// <param name="Allocated">The number of bytes that its file system has allocated for it.</param>
/// <param name="Inode">The inode number.</param>
/// <param name="Device">The device number of a device file, such as <c>259:0</c>; <c>0:0</c> for other files.</param>
/// <param name="FileSystem">
/// The device number of its file system, such as <c>259:0</c>: that of the block device, if the file system has one.
/// </param>
/// <param name="Attributes">The attributes that are set, as <c>STATX_ATTR_*</c>.</param>
/// <param name="KnownAttributes">The attributes that the kernel supports for this file system.</param>
internal readonly record struct FileStatus(
    FileKind Kind, long Size, long Allocated, ulong Inode, string Device, string FileSystem, ulong Attributes, ulong KnownAttributes)
{
    /// <summary>STATX_ATTR_IMMUTABLE.</summary>
    private const ulong Immutable = 0x10;

    /// <summary>STATX_ATTR_APPEND.</summary>
    private const ulong AppendOnly = 0x20;

    /// <summary>STATX_ATTR_DAX, since Linux 5.8.</summary>
    private const ulong Dax = 0x200000;

    /// <summary>Whether an attribute prevents everybody from writing.</summary>
    public bool IsWriteProtected => (Attributes & (Immutable | AppendOnly)) != 0;

    /// <summary>Whether the file is mapped without the page cache; null if the kernel does not tell.</summary>
    public bool? IsDax => (KnownAttributes & Dax) == 0 ? null : (Attributes & Dax) != 0;
}

/// <summary>The owner, permissions and type of a file.</summary>
/// <param name="User">The user id.</param>
/// <param name="Group">The group id.</param>
/// <param name="Mode">The permissions, with the set-id bits and the sticky bit.</param>
/// <param name="IsLink">Whether it is a symbolic link.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
internal readonly record struct FileOwnership(uint User, uint Group, int Mode, bool IsLink, bool IsFolder);

/// <summary>The file types that this library distinguishes.</summary>
internal enum FileKind
{
    /// <summary>Another type: a folder, a pipe, a socket.</summary>
    Other,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A block device.</summary>
    Block,

    /// <summary>A character device, such as a dax device.</summary>
    Character,
}
