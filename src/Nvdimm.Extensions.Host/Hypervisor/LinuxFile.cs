using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>What .NET does not offer: a file's inode and its owner.</summary>
internal static partial class LinuxFile
{
    private const int NoSuchFile = 2;
    private const int NotADirectory = 20;
    private const int CurrentFolder = -100;
    private const uint BasicFields = 0x7FF;

    // Linux v6.1 include/uapi/linux/stat.h, struct statx: the same on every architecture.
    private const int StatSize = 256;
    private const int OwnerOffset = 20;
    private const int GroupOffset = 24;
    private const int InodeOffset = 32;
    private const int SizeOffset = 40;
    private const int SecondsOffset = 112;
    private const int NanosecondsOffset = 120;

    /// <summary>The identity of a file behind its symbolic links; null where there is none.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static BinaryIdentity? Identify(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var real = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
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
        return new BinaryIdentity(real, size, (seconds * 1_000_000_000) + nanoseconds, inode);
    }

    /// <summary>Gives a file the owner and group of another one.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    public static void TakeOwner(string path, string other)
    {
        var stat = new byte[StatSize];
        if (Statx(CurrentFolder, other, 0, BasicFields, stat) != 0
            || Chown(path, MemoryMarshal.Read<uint>(stat.AsSpan(OwnerOffset)), MemoryMarshal.Read<uint>(stat.AsSpan(GroupOffset))) != 0)
        {
            throw new IOException($"{path} does not get the owner of {other}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Chown(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> stat);
}
