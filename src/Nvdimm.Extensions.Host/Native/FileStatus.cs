namespace Nvdimm.Extensions.Host.Native;

/// <summary>What <c>statx(2)</c> says of a file (Linux v6.1 <c>include/uapi/linux/stat.h</c>, struct statx).</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Its size in bytes; 0 for a device.</param>
/// <param name="Allocated">How many bytes are allocated for it on its file system.</param>
/// <param name="Inode">Its inode number.</param>
/// <param name="Device">The number of the device that it is, such as <c>259:0</c>; <c>0:0</c> for what is no device.</param>
/// <param name="FileSystem">
/// The number of the file system that it is on, such as <c>259:0</c>, which is that of the block device where the file system has one.
/// </param>
/// <param name="Attributes">The attributes it has, as <c>STATX_ATTR_*</c>.</param>
/// <param name="KnownAttributes">The attributes that the kernel knows for this file system.</param>
internal readonly record struct FileStatus(
    FileKind Kind, long Size, long Allocated, ulong Inode, string Device, string FileSystem, ulong Attributes, ulong KnownAttributes)
{
    /// <summary>STATX_ATTR_IMMUTABLE.</summary>
    private const ulong Immutable = 0x10;

    /// <summary>STATX_ATTR_APPEND.</summary>
    private const ulong AppendOnly = 0x20;

    /// <summary>STATX_ATTR_DAX, since Linux 5.8.</summary>
    private const ulong Dax = 0x200000;

    /// <summary>Whether an attribute keeps everybody from writing to it.</summary>
    public bool IsWriteProtected => (Attributes & (Immutable | AppendOnly)) != 0;

    /// <summary>Whether it is mapped without the page cache; null where the kernel does not say.</summary>
    public bool? IsDax => (KnownAttributes & Dax) == 0 ? null : (Attributes & Dax) != 0;
}
