using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nvdimm.Cli.Installation;

/// <summary>Owner and permissions of a file, after following links. .NET has no call to read the owner.</summary>
[UnsupportedOSPlatform("windows")]
internal readonly partial record struct FileRights(FileOwner Owner, UnixFileMode Mode)
{
    private const int CurrentFolder = -100;
    private const uint ModeUserAndGroup = 0x1A;
    private const int Permissions = 0xFFF;

    // Linux v6.1 include/uapi/linux/stat.h, struct statx: the size is the same on every architecture.
    private const int StatSize = 256;
    private const int UserOffset = 20;
    private const int GroupOffset = 24;
    private const int ModeOffset = 28;

    // How many bits the user's and the group's permissions are above those of others.
    private const int User = 6;
    private const int Group = 3;

    /// <exception cref="IOException">The file cannot be examined.</exception>
    public static FileRights Of(string path)
    {
        var stat = new byte[StatSize];
        return Statx(CurrentFolder, path, 0, ModeUserAndGroup, stat) == 0
            ? new FileRights(
                new FileOwner(MemoryMarshal.Read<uint>(stat.AsSpan(UserOffset)), MemoryMarshal.Read<uint>(stat.AsSpan(GroupOffset))),
                (UnixFileMode)(MemoryMarshal.Read<ushort>(stat.AsSpan(ModeOffset)) & Permissions))
            : throw new IOException($"Cannot look at {path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
    }

    /// <summary>
    /// Whether the permissions allow an access. As in the kernel, exactly one set of permissions applies: the user's, else the group's,
    /// else that of others.
    /// </summary>
    /// <param name="who">The user and its group; null for somebody who is neither.</param>
    /// <param name="wanted">The access, as permission bits of others.</param>
    public bool Allow(FileOwner? who, UnixFileMode wanted)
    {
        var place = who?.User == Owner.User ? User : who?.Group == Owner.Group ? Group : 0;
        return ((UnixFileMode)((int)Mode >> place) & wanted) == wanted;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> stat);
}
