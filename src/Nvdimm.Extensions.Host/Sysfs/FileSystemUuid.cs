using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Sysfs;

/// <summary>
/// Reads the uuid that a file system has on its disk, without root's rights. <c>statfs</c> does not tell it: the f_fsid of ext4 is made of
/// the uuid, and that of XFS of the device's number (Linux v6.1 <c>fs/ext4/super.c</c>, ext4_statfs; <c>fs/xfs/xfs_super.c</c>, xfs_fs_statfs).
/// </summary>
internal static class FileSystemUuid
{
    /// <summary>FS_IOC_GETFSUUID, <c>_IOR(0x15, 0, struct fsuuid2)</c>, since Linux 6.9: one byte for the length, 16 for the uuid.</summary>
    private const uint GetUuid = 0x00111500;

    private const int UuidSize = 16;

    // include/uapi/asm-generic/errno*.h
    private const int InvalidArgument = 22;
    private const int NotForThisFile = 25;
    private const int NotSupported = 95;

    /// <summary>The uuid; null where it has none, which an all-zero one counts as, or neither the kernel nor udev knows it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Guid? Read(SafeFileHandle file, in FileStatus status, string path, string root)
    {
        Span<byte> buffer = stackalloc byte[1 + UuidSize];
        if (LinuxCalls.Control(file, ControlRequest.Reading(GetUuid), buffer) == 0)
        {
            var uuid = new Guid(buffer[1..], bigEndian: true);
            return buffer[0] == UuidSize && uuid != Guid.Empty ? uuid : null;
        }

        var failure = LinuxCalls.Failure($"read the uuid of the file system of {path}");
        return failure.HResult is InvalidArgument or NotForThisFile or NotSupported ? OfUdev(status.FileSystem, root) : throw failure;
    }

    /// <summary>What udev has read from the block device with this number: a link that is called by the uuid.</summary>
    internal static Guid? OfUdev(string number, string root)
    {
        var folder = Path.Combine(root, "dev", "disk", "by-uuid");
        foreach (var name in SmallFolder.NamesOrNull(folder) ?? [])
        {
            if (Guid.TryParseExact(name, "D", out var uuid) && uuid != Guid.Empty && LinuxFile.ThingBehind(Path.Combine(folder, name)) == LinuxFile.BlockDeviceOf(number))
            {
                return uuid;
            }
        }

        return null;
    }
}
