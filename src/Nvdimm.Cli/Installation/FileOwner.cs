using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Nvdimm.Cli.Installation;

/// <summary>A file's user and group by number, which .NET neither reads nor sets.</summary>
internal readonly partial record struct FileOwner(uint User, uint Group)
{
    private const int CurrentFolder = -100;
    private const int NotItsTarget = 0x100;
    private const uint UserAndGroup = 0x18;

    // Linux v6.1 include/uapi/linux/stat.h, struct statx: the same on every architecture.
    private const int StatSize = 256;
    private const int UserOffset = 20;
    private const int GroupOffset = 24;

    /// <summary>Who a file belongs to.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static FileOwner Of(string path)
    {
        var stat = new byte[StatSize];
        return Statx(CurrentFolder, path, NotItsTarget, UserAndGroup, stat) == 0
            ? new FileOwner(MemoryMarshal.Read<uint>(stat.AsSpan(UserOffset)), MemoryMarshal.Read<uint>(stat.AsSpan(GroupOffset)))
            : throw Failure("look at", path);
    }

    /// <summary>Gives a file to this user and group.</summary>
    /// <exception cref="IOException">That is not allowed.</exception>
    public void Own(string path)
    {
        if (ChangeOwner(path, User, Group) != 0)
        {
            throw Failure("change the owner of", path);
        }
    }

    private static IOException Failure(string action, string path) =>
        new($"Cannot {action} {path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> stat);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
