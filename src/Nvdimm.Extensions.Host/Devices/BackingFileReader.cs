using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>Reads a regular file that backs an NVDIMM.</summary>
internal static class BackingFileReader
{
    /// <summary>FS_IOC_GETVERSION, <c>_IOR('v', 1, long)</c>: ext4 and XFS fill 4 bytes, the inode's generation.</summary>
    private const uint GetGeneration = 0x00087601;

    /// <summary>The file as a device; null where there is none.</summary>
    /// <exception cref="IOException">It cannot be read, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static NvdimmDevice? Read(string path, string root)
    {
        using var file = LinuxFile.OpenRegularOrNull(path);
        if (file is null)
        {
            return null;
        }

        var status = LinuxFile.StatusOf((int)file.DangerousGetHandle(), path);
        var system = FileSystemStatus.Of((int)file.DangerousGetHandle(), path);
        var device = new NvdimmDevice
        {
            Name = path,
            Path = path,
            Size = ByteSize.FromBytes(status.Size),
            File = new BackingFile(Identity(file, system.Type, status, path, root), status.IsDax ?? IsMountedWithDax(status, root))
            {
                PageSize = system.Type == FileSystemStatus.HugeTlb ? Alignment.FromBytes(system.BlockSize) : null,
            },
        };
        return status.Allocated >= status.Size
            ? device
            : device.With(Finding.Warning(NvdimmCodes.FileSparse, ("device", path), ("allocated", $"{status.Allocated}"), ("size", $"{status.Size}")));
    }

    /// <summary>
    /// Only of ext2, ext3, ext4 and XFS: they have a uuid on the disk, and one inode number means one file. Btrfs has one inode number in
    /// each of its subvolumes, overlayfs may number files anew with each mount, and what is on tmpfs ends with its mount.
    /// </summary>
    private static FileIdentity? Identity(SafeFileHandle file, long type, in FileStatus status, string path, string root) =>
        type is FileSystemStatus.Ext4 or FileSystemStatus.Xfs
            && FileSystemUuid.Read(file, type, status, path, root) is { } uuid
            ? new FileIdentity(uuid, status.Inode, Generation(file, path))
            : null;

    private static uint Generation(SafeFileHandle file, string path)
    {
        Span<byte> generation = stackalloc byte[sizeof(long)];
        return LinuxCalls.Control(file, ControlRequest.Reading(GetGeneration), generation) == 0
            ? MemoryMarshal.Read<uint>(generation)
            : throw LinuxCalls.Failure($"read the generation of {path}");
    }

    /// <summary>What Linux before 5.8 has to say: one option for all files of a file system, which all its mounts show.</summary>
    private static bool IsMountedWithDax(in FileStatus status, string root)
    {
        var number = status.FileSystem;
        return MountTable.Read(Path.Combine(root, "proc", "self", "mountinfo")).Any(mount => mount.Number == number && mount.IsDax);
    }
}
