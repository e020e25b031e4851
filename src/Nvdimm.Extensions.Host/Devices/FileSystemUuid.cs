using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// Reads the uuid that a file system has on disk: from the kernel; before Linux 6.9 as root from the superblock, else from udev. All three
/// agree. <c>statfs</c> does not return it: the f_fsid of ext4 is computed from the uuid, and that of XFS from the device number (Linux
/// v6.1 <c>fs/ext4/super.c</c>, ext4_statfs; <c>fs/xfs/xfs_super.c</c>, xfs_fs_statfs).
/// </summary>
internal static class FileSystemUuid
{
    /// <summary>
    /// FS_IOC_GETFSUUID, <c>_IOR(0x15, 0, struct fsuuid2)</c>, since Linux 6.9: one byte for the length, 16 for the uuid.
    /// </summary>
    private const uint GetUuid = 0x00111500;

    private const int UuidSize = 16;

    /// <summary>
    /// The offset of the magic number of ext2, ext3 and ext4 (Linux v6.1 <c>fs/ext4/ext4.h</c>, struct ext4_super_block, 1 KiB from the
    /// start).
    /// </summary>
    private const int Ext4MagicOffset = 1024 + 0x38;

    private const int Ext4UuidOffset = 1024 + 0x68;

    /// <summary>
    /// The offset of the uuid of XFS, after the magic number at the start (Linux v6.1 <c>fs/xfs/libxfs/xfs_format.h</c>, struct xfs_dsb).
    /// </summary>
    private const int XfsUuidOffset = 32;

    private const int SuperblockSize = 2048;

    /// <summary>The uuid; null if there is none (an all-zero uuid counts as none), or if no available source knows it.</summary>
    /// <param name="file">A file of the file system.</param>
    /// <param name="type">The file system's magic number.</param>
    /// <param name="status">The status of the file.</param>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="root">The folder below which <c>sys</c> and <c>dev</c> are.</param>
    /// <exception cref="IOException">The uuid cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the uuid.</exception>
    public static Guid? Read(SafeFileHandle file, long type, in FileStatus status, string path, string root)
    {
        Span<byte> buffer = stackalloc byte[1 + UuidSize];
        if (LinuxCalls.Control(file, ControlRequest.Reading(GetUuid), buffer) == 0)
        {
            var uuid = new Guid(buffer[1..], bigEndian: true);
            return buffer[0] == UuidSize && uuid != Guid.Empty ? uuid : null;
        }

        var failure = LinuxCalls.Failure($"read the uuid of the file system of {path}");
        return failure.HResult is Errno.InvalidArgument or Errno.NotForThisFile or Errno.NotSupported
            ? OfSuperblock(type, status.FileSystem, root) ?? OfUdev(status.FileSystem, root)
            : throw failure;
    }

    /// <summary>
    /// The uuid on the block device with this number; null if we lack the right to read it, or if it now has another file system.
    /// </summary>
    internal static Guid? OfSuperblock(long type, string number, string root)
    {
        if (NamespaceFolder.AtLink(Path.Combine(root, "sys", "dev", "block", number)) is not { } folder)
        {
            return null;
        }

        // In a name such as cciss!c0d0, ! stands for /.
        using var device = OpenOrNull(Path.Combine(root, "dev", folder.Name.Replace('!', '/')), number);
        Span<byte> start = stackalloc byte[SuperblockSize];
        if (device is null || LinuxCalls.ReadAt(device, start, SuperblockSize, 0) != SuperblockSize)
        {
            return null;
        }

        var uuid = type switch
        {
            FileSystemStatus.Ext4 when BinaryPrimitives.ReadUInt16LittleEndian(start[Ext4MagicOffset..]) == FileSystemStatus.Ext4 =>
                start.Slice(Ext4UuidOffset, UuidSize),
            FileSystemStatus.Xfs when BinaryPrimitives.ReadUInt32BigEndian(start) == FileSystemStatus.Xfs =>
                start.Slice(XfsUuidOffset, UuidSize),
            _ => default,
        };
        return !uuid.IsEmpty && new Guid(uuid, bigEndian: true) is var uuidOnDisk && uuidOnDisk != Guid.Empty ? uuidOnDisk : null;
    }

    private static SafeFileHandle? OpenOrNull(string path, string number)
    {
        var descriptor = LinuxCalls.Open(path, LinuxCalls.OpenReadCloseOnExec, 0);
        if (descriptor < 0)
        {
            return null;
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (LinuxFile.StatusOf(descriptor, path) is { Kind: FileKind.Block } status && status.Device == number)
        {
            return handle;
        }

        handle.Dispose();
        return null;
    }

    /// <summary>The uuid that udev has read from the block device with this number: the name of a link to the device.</summary>
    internal static Guid? OfUdev(string number, string root)
    {
        var folder = Path.Combine(root, "dev", "disk", "by-uuid");
        var device = LinuxFile.BlockDeviceOf(number);
        foreach (var name in SmallFolder.NamesOrNull(folder) ?? [])
        {
            if (Guid.TryParseExact(name, "D", out var uuid) && uuid != Guid.Empty
                && LinuxFile.IdentityOf(Path.Combine(folder, name)) == device)
            {
                return uuid;
            }
        }

        return null;
    }
}
