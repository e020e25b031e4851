using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>What .NET does not offer: a file's inode, its device number and its owner.</summary>
internal static partial class LinuxFile
{
    private const int NotPermitted = 1;
    private const int NoSuchFile = 2;
    private const int NoSuchProcess = 3;
    private const int NotAllowed = 13;
    private const int NotADirectory = 20;
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const int NotFollowed = 0x100;
    private const uint BasicFields = 0x7FF;

    // Linux v6.1 include/uapi/linux/stat.h, struct statx: the same on every architecture.
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
    /// The path of a file behind its symbolic links, its size in bytes, when it was changed, in nanoseconds since 1970-01-01 UTC, and its inode; null
    /// where there is none.
    /// </summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static (string Path, long Size, long Modified, long Inode)? Identify(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // ResolveLinkTarget is led astray by "..", which File.Exists takes out first.
        var plain = Path.GetFullPath(path);
        var real = File.ResolveLinkTarget(plain, returnFinalTarget: true)?.FullName ?? plain;
        var stat = new byte[StatSize];
        if (Statx(CurrentFolder, real, 0, BasicFields, stat) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is NoSuchFile or NotADirectory ? null : throw new IOException($"{real}: {new Win32Exception(error).Message}");
        }

        var seconds = MemoryMarshal.Read<long>(stat.AsSpan(SecondsOffset));
        var nanoseconds = MemoryMarshal.Read<uint>(stat.AsSpan(NanosecondsOffset));
        var size = MemoryMarshal.Read<long>(stat.AsSpan(SizeOffset));
        var inode = MemoryMarshal.Read<long>(stat.AsSpan(InodeOffset));
        return (real, size, (seconds * 1_000_000_000) + nanoseconds, inode);
    }

    /// <summary>
    /// What is behind a name, links followed, so that two names for one thing compare equal: <c>block 259:0</c> and <c>char 250:1</c> for a
    /// device, whatever its node is called and wherever it is; the file system and the inode for all else. Null where there is nothing.
    /// </summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static string? ThingBehind(string path) => StatusOrNull(path) is { } status ? ThingOf(status) : null;

    /// <summary>What <see cref="ThingBehind"/> calls it.</summary>
    public static string ThingOf(in FileStatus status) => status.Kind switch
    {
        FileKind.Block => BlockDeviceOf(status.Device),
        FileKind.Character => $"char {status.Device}",
        _ => $"file {status.FileSystem} {status.Inode}",
    };

    /// <summary>
    /// Whether behind a name, links followed, is a file with a content of its own or nothing at all, rather than a folder, a pipe or a device.
    /// </summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static bool IsRegularOrNothing(string path) => StatusOrNull(path) is null or { Kind: FileKind.Regular };

    /// <summary>What is behind a name, links followed; null where there is nothing.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static FileStatus? StatusOrNull(string path)
    {
        var stat = new byte[StatSize];
        return Look(path, stat) ? Status(stat) : null;
    }

    /// <summary>What an open file is, whatever has its name by now.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static FileStatus StatusOf(int descriptor, string path)
    {
        var stat = new byte[StatSize];
        return Statx(descriptor, "", EmptyPath, BasicFields, stat) == 0 ? Status(stat) : throw LinuxCalls.Failure($"look at {path}");
    }

    /// <summary>
    /// Opens a file for reading without waiting for anybody: in place of a file there may be a pipe whose other end never comes. Null where
    /// there is none.
    /// </summary>
    /// <exception cref="IOException">It cannot be opened, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
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

    /// <summary>What <see cref="ThingBehind"/> calls a block device with this number, such as <c>259:0</c>.</summary>
    public static string BlockDeviceOf(string number) => $"block {number}";

    /// <summary>Whose a file is; null where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isFollowed">Whether a link stands for what it leads to.</param>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static FileOwnership? OwnerOrNull(string path, bool isFollowed)
    {
        var stat = new byte[StatSize];
        if (!Look(path, stat, isFollowed ? 0 : NotFollowed))
        {
            return null;
        }

        return Ownership(stat);
    }

    /// <summary>Whose an open file is, whatever has its name by now.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static FileOwnership OwnerOf(SafeFileHandle file, string path)
    {
        var stat = new byte[StatSize];
        return Statx((int)file.DangerousGetHandle(), "", EmptyPath, BasicFields, stat) == 0 ? Ownership(stat) : throw LinuxCalls.Failure($"look at {path}");
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

    /// <summary>Gives an open file the owner and group of another one.</summary>
    /// <param name="file">The file, whatever has its name by now.</param>
    /// <param name="path">Its name, for the error.</param>
    /// <param name="other">Whose owner it gets; links are followed.</param>
    /// <exception cref="IOException">It cannot be done.</exception>
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

        string Number(int offset) => $"{MemoryMarshal.Read<uint>(stat.AsSpan(offset))}:{MemoryMarshal.Read<uint>(stat.AsSpan(offset + sizeof(uint)))}";
    }

    /// <summary>Looks at what is behind a name; false where there is nothing.</summary>
    private static bool Look(string path, byte[] stat, int flags = 0)
    {
        if (Statx(CurrentFolder, path, flags, BasicFields, stat) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        if (error is NoSuchFile or NotADirectory or NoSuchProcess)
        {
            return false;
        }

        var text = $"{path}: {new Win32Exception(error).Message}";
        throw error is NotPermitted or NotAllowed ? new UnauthorizedAccessException(text) : new IOException(text);
    }

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fchown(SafeFileHandle file, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> stat);
}
