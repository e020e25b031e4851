using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nvdimm.Cli.Installation;

/// <summary>Who what is behind a name, links followed, belongs to, and who may do what with it; .NET reads no owner.</summary>
[UnsupportedOSPlatform("windows")]
internal readonly partial record struct FileRights(FileOwner Owner, UnixFileMode Mode)
{
    private const int CurrentFolder = -100;
    private const uint ModeUserAndGroup = 0x1A;
    private const int Permissions = 0xFFF;

    // Linux v6.1 include/uapi/linux/stat.h, struct statx: the same on every architecture.
    private const int StatSize = 256;
    private const int UserOffset = 20;
    private const int GroupOffset = 24;
    private const int ModeOffset = 28;

    // How far the rights of a file's user and group are from those of others.
    private const int User = 6;
    private const int Group = 3;

    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static FileRights Of(string path)
    {
        var stat = new byte[StatSize];
        return Statx(CurrentFolder, path, 0, ModeUserAndGroup, stat) == 0
            ? new FileRights(
                new FileOwner(MemoryMarshal.Read<uint>(stat.AsSpan(UserOffset)), MemoryMarshal.Read<uint>(stat.AsSpan(GroupOffset))),
                (UnixFileMode)(MemoryMarshal.Read<ushort>(stat.AsSpan(ModeOffset)) & Permissions))
            : throw new IOException($"Cannot look at {path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
    }

    /// <summary>Whether a user may do something, by the one set of rights that the kernel asks: the user's, else the group's, else that of others.</summary>
    /// <param name="who">The user and its group; null for anybody else than the owner.</param>
    /// <param name="wanted">What, as rights of others.</param>
    public bool Allow(FileOwner? who, UnixFileMode wanted)
    {
        var place = who?.User == Owner.User ? User : who?.Group == Owner.Group ? Group : 0;
        return ((UnixFileMode)((int)Mode >> place) & wanted) == wanted;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> stat);
}
