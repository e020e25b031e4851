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

    /// <summary>The file as a device; null if the file does not exist.</summary>
    /// <exception cref="IOException">The file cannot be read, or is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the file.</exception>
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
            : device.With(Finding.Warning(
                NvdimmCodes.FileSparse, ("device", path), ("allocated", $"{status.Allocated}"), ("size", $"{status.Size}")));
    }

    /// <summary>
    /// The file's identity, only on ext2, ext3, ext4 and XFS: they have a uuid on disk, and an inode number identifies one file. Btrfs
    /// reuses inode numbers in each of its subvolumes, overlayfs may renumber files with each mount, and files on tmpfs end with their
    /// mount.
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

    /// <summary>
    /// Whether the file system is mounted with DAX. Linux before 5.8 has one option for all files, which all mounts show.
    /// </summary>
    private static bool IsMountedWithDax(in FileStatus status, string root)
    {
        var number = status.FileSystem;
        return MountTable.Read(Path.Combine(root, "proc", "self", "mountinfo")).Any(mount => mount.Number == number && mount.IsDax);
    }
}
