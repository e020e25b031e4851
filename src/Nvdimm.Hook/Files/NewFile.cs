using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Files;

/// <summary>
/// A new file in the folder of another file, whose name it takes over. The file has no name until it is complete, and then a random one: in
/// a folder that everybody can write to, others could create a predictable name first. A process that is killed leaves nothing behind,
/// except between the two calls that name the file, and on file systems without O_TMPFILE.
/// </summary>
internal sealed partial class NewFile : IDisposable
{
    private const int Attempts = 16;
    private const int OwnerOnly = 0x180;

    // Linux v6.1 include/uapi/asm-generic/fcntl.h: O_TMPFILE | O_WRONLY | O_CLOEXEC. On x86-64, O_TMPFILE contains O_DIRECTORY.
    private const int OpenUnnamed = 0x400000 | 0x10000 | 0x1 | 0x80000;

    // include/uapi/linux/fcntl.h; include/uapi/asm-generic/errno*.h.
    private const int CurrentFolder = -100;
    private const int FollowLink = 0x400;
    private const int IsFolder = 21;
    private const int NotSupported = 95;

    private readonly string target;
    private string? name;

    private NewFile(string target, int descriptor, string? name)
    {
        this.target = target;
        this.name = name;
        Handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>The file, open for writing.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Creates a file in the folder of <paramref name="target"/>. Only its owner has rights to it.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to create the file.</exception>
    public static NewFile InFolderOf(string target)
    {
        var descriptor = LinuxCalls.Open(Path.GetDirectoryName(Path.GetFullPath(target))!, OpenUnnamed, OwnerOnly);
        if (descriptor >= 0)
        {
            return new NewFile(target, descriptor, name: null);
        }

        // Linux before 3.11 takes O_TMPFILE for opening a folder for writing (EISDIR); some file systems, such as NFS, lack it.
        return Marshal.GetLastPInvokeError() is NotSupported or IsFolder
            ? Named(target)
            : throw SmallFile.Failure($"make a file beside {target}");
    }

    /// <summary>Renames this file to the target's name; the target's old content is gone then.</summary>
    /// <exception cref="IOException">The rename failed; the target is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to rename; the target is unchanged.</exception>
    public void Replace()
    {
        var path = name ??= Link();
        if (LinuxCalls.Rename(path, target) != 0)
        {
            throw SmallFile.Failure($"rename {path}");
        }

        name = null;
    }

    /// <summary>Closes the file, and deletes it unless <see cref="Replace"/> has renamed it.</summary>
    public void Dispose()
    {
        Handle.Dispose();
        if (name is not null)
        {
            File.Delete(name);
        }
    }

    private static NewFile Named(string target)
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = RandomName(target);
            var descriptor = LinuxCalls.Open(path, LinuxCalls.OpenNewCloseOnExec, OwnerOnly);
            if (descriptor >= 0)
            {
                return new NewFile(target, descriptor, path);
            }

            RequireTaken(attempt, path);
        }
    }

    private string Link()
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = RandomName(target);
            if (LinkAt(CurrentFolder, $"/proc/self/fd/{Handle.DangerousGetHandle()}", CurrentFolder, path, FollowLink) == 0)
            {
                return path;
            }

            RequireTaken(attempt, path);
        }
    }

    /// <summary>The target's name with 128 random bits appended.</summary>
    private static string RandomName(string target)
    {
        Span<byte> random = stackalloc byte[16];
        return GetRandom(random, (nuint)random.Length, 0) == random.Length
            ? $"{target}.nvdimm-{Convert.ToHexStringLower(random)}"
            : throw SmallFile.Failure("get random bytes from the kernel");
    }

    private static void RequireTaken(int attempt, string name)
    {
        if (Marshal.GetLastPInvokeError() != Errno.AlreadyThere || attempt == Attempts)
        {
            throw SmallFile.Failure($"make {name}");
        }
    }

    /// <summary><c>getrandom(2)</c>: up to 256 bytes it never returns fewer than were asked for.</summary>
    [LibraryImport("libc", EntryPoint = "getrandom", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint GetRandom(Span<byte> buffer, nuint length, uint flags);

    [LibraryImport("libc", EntryPoint = "linkat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LinkAt(int folder, string path, int newFolder, string newPath, int flags);
}
