using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>File properties that .NET does not offer: inode, device number and owner.</summary>
internal static partial class LinuxFile
{
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const int NotFollowed = 0x100;
    private const uint BasicFields = 0x7FF;

    // Linux v6.1 include/uapi/linux/stat.h, struct statx: the size is the same on every architecture.
    private const int StatSize = 256;
    private const int OwnerOffset = 20;
    private const int GroupOffset = 24;
    private const int ModeOffset = 28;
    private const int AttributesOffset = 8;
    private const int InodeOffset = 32;
    private const int SizeOffset = 40;
    private const int BlocksOffset = 48;
    private const int KnownAttributesOffset = 56;
    private const int BlockSize = 512;
    private const int SecondsOffset = 112;
    private const int NanosecondsOffset = 120;
    private const int DeviceNumberOffset = 128;
    private const int FileSystemNumberOffset = 136;

    private const int Permissions = 0xFFF;
    private const int KindMask = 0xF000;
    private const int SymbolicLink = 0xA000;
    private const int Folder = 0x4000;
    private const int RegularFile = 0x8000;
    private const int BlockDevice = 0x6000;
    private const int CharacterDevice = 0x2000;

    /// <summary>
    /// The path of a file after following links, its size in bytes, the time of its last change in nanoseconds since 1970-01-01 UTC, and
    /// its inode; null if it does not exist.
    /// </summary>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    public static (string Path, long Size, long Modified, long Inode)? Identify(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // ResolveLinkTarget mishandles "..", which File.Exists resolves first.
        var plain = Path.GetFullPath(path);
        var real = File.ResolveLinkTarget(plain, returnFinalTarget: true)?.FullName ?? plain;
        var stat = new byte[StatSize];
        if (Statx(CurrentFolder, real, 0, BasicFields, stat) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is Errno.NoSuchFile or Errno.NotADirectory
                ? null
                : throw new IOException($"{real}: {new Win32Exception(error).Message}");
        }

        var seconds = MemoryMarshal.Read<long>(stat.AsSpan(SecondsOffset));
        var nanoseconds = MemoryMarshal.Read<uint>(stat.AsSpan(NanosecondsOffset));
        var size = MemoryMarshal.Read<long>(stat.AsSpan(SizeOffset));
        var inode = MemoryMarshal.Read<long>(stat.AsSpan(InodeOffset));
        return (real, size, (seconds * 1_000_000_000) + nanoseconds, inode);
    }

    /// <summary>
    /// The file behind a name, after following links, in a notation in which two names for one file are equal: <c>block 259:0</c> and
    /// <c>char 250:1</c> for a device, whatever its node is called and wherever it is; the file system and the inode for all other files.
    /// Null if there is no file.
    /// </summary>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to examine the file.</exception>
    public static string? IdentityOf(string path) => StatusOrNull(path) is { } status ? IdentityOf(status) : null;

    /// <summary>A file in the notation of <see cref="IdentityOf(string)"/>.</summary>
    public static string IdentityOf(in FileStatus status) => status.Kind switch
    {
        FileKind.Block => BlockDeviceOf(status.Device),
        FileKind.Character => $"char {status.Device}",
        _ => $"file {status.FileSystem} {status.Inode}",
    };

    /// <summary>
    /// Whether a name, after following links, leads to a regular file or to nothing, and not to a folder, a pipe or a device.
    /// </summary>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to examine the file.</exception>
    public static bool IsRegularOrNothing(string path) => StatusOrNull(path) is null or { Kind: FileKind.Regular };

    /// <summary>The status of a file, after following links; null if there is no file.</summary>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to examine the file.</exception>
    public static FileStatus? StatusOrNull(string path)
    {
        var stat = new byte[StatSize];
        return Look(path, stat) ? Status(stat) : null;
    }

    /// <summary>The status of an open file, whatever has its name now.</summary>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    public static FileStatus StatusOf(int descriptor, string path)
    {
        var stat = new byte[StatSize];
        return Statx(descriptor, "", EmptyPath, BasicFields, stat) == 0 ? Status(stat) : throw LinuxCalls.Failure($"look at {path}");
    }

    /// <summary>
    /// Opens a regular file for reading, without blocking: a pipe in its place may never get another end. Null if there is no file.
    /// </summary>
    /// <exception cref="IOException">The file cannot be opened, or is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to open the file.</exception>
    public static SafeFileHandle? OpenRegularOrNull(string path)
    {
        var descriptor = SmallFile.Open(path);
        if (descriptor < 0)
        {
            return null;
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (StatusOf(descriptor, path).Kind == FileKind.Regular)
        {
            return handle;
        }

        handle.Dispose();
        throw new IOException($"{path} is no regular file");
    }

    /// <summary>The block device with a number, such as <c>259:0</c>, in the notation of <see cref="IdentityOf(string)"/>.</summary>
    public static string BlockDeviceOf(string number) => $"block {number}";

    /// <summary>The owner of a file; null if there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isFollowed">Whether to follow a link.</param>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to examine the file.</exception>
    public static FileOwnership? OwnerOrNull(string path, bool isFollowed)
    {
        var stat = new byte[StatSize];
        if (!Look(path, stat, isFollowed ? 0 : NotFollowed))
        {
            return null;
        }

        return Ownership(stat);
    }

    /// <summary>The owner of an open file, whatever has its name now.</summary>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    public static FileOwnership OwnerOf(SafeFileHandle file, string path)
    {
        var stat = new byte[StatSize];
        return Statx((int)file.DangerousGetHandle(), "", EmptyPath, BasicFields, stat) == 0
            ? Ownership(stat)
            : throw LinuxCalls.Failure($"look at {path}");
    }

    private static FileOwnership Ownership(byte[] stat)
    {
        var mode = MemoryMarshal.Read<ushort>(stat.AsSpan(ModeOffset));
        return new FileOwnership(
            MemoryMarshal.Read<uint>(stat.AsSpan(OwnerOffset)),
            MemoryMarshal.Read<uint>(stat.AsSpan(GroupOffset)),
            mode & Permissions,
            (mode & KindMask) == SymbolicLink,
            (mode & KindMask) == Folder);
    }

    /// <summary>Gives an open file the owner and group of another file.</summary>
    /// <param name="file">The open file, whatever has its name now.</param>
    /// <param name="path">The name of the open file, for the error.</param>
    /// <param name="other">The file whose owner it gets; links are followed.</param>
    /// <exception cref="IOException">The owner cannot be changed.</exception>
    public static void TakeOwner(SafeFileHandle file, string path, string other)
    {
        if (OwnerOrNull(other, isFollowed: true) is not { } owner || Fchown(file, owner.User, owner.Group) != 0)
        {
            throw new IOException($"{path} does not get the owner of {other}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    private static FileStatus Status(byte[] stat)
    {
        var kind = (MemoryMarshal.Read<ushort>(stat.AsSpan(ModeOffset)) & KindMask) switch
        {
            RegularFile => FileKind.Regular,
            BlockDevice => FileKind.Block,
            CharacterDevice => FileKind.Character,
            _ => FileKind.Other,
        };
        return new FileStatus(
            kind,
            MemoryMarshal.Read<long>(stat.AsSpan(SizeOffset)),
            MemoryMarshal.Read<long>(stat.AsSpan(BlocksOffset)) * BlockSize,
            MemoryMarshal.Read<ulong>(stat.AsSpan(InodeOffset)),
            Number(DeviceNumberOffset),
            Number(FileSystemNumberOffset),
            MemoryMarshal.Read<ulong>(stat.AsSpan(AttributesOffset)),
            MemoryMarshal.Read<ulong>(stat.AsSpan(KnownAttributesOffset)));

        string Number(int offset) =>
            $"{MemoryMarshal.Read<uint>(stat.AsSpan(offset))}:{MemoryMarshal.Read<uint>(stat.AsSpan(offset + sizeof(uint)))}";
    }

    /// <summary>Calls <c>statx(2)</c> for a name; returns false if there is no file.</summary>
    private static bool Look(string path, byte[] stat, int flags = 0)
    {
        if (Statx(CurrentFolder, path, flags, BasicFields, stat) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        if (error is Errno.NoSuchFile or Errno.NotADirectory or Errno.NoSuchProcess)
        {
            return false;
        }

        var text = $"{path}: {new Win32Exception(error).Message}";
        throw error is Errno.NotPermitted or Errno.AccessDenied ? new UnauthorizedAccessException(text) : new IOException(text);
    }

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fchown(SafeFileHandle file, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> stat);
}
