using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Files;

/// <summary>
/// A new file beside another one, which takes its name. It has no name until it is complete, and then one that nobody can foresee: in a folder that
/// everybody may write to, others could take a known name first. A process that is killed leaves nothing behind, except between the two calls that
/// give the file its names, and on file systems without O_TMPFILE.
/// </summary>
internal sealed partial class NewFile : IDisposable
{
    private const int Attempts = 16;
    private const int OwnerOnly = 0x180;

    // Linux v6.1 include/uapi/asm-generic/fcntl.h, O_TMPFILE | O_WRONLY | O_CLOEXEC, as x86-64 has O_DIRECTORY in it.
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

    /// <summary>Makes one beside a file, to which only its owner has rights.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static NewFile Beside(string target)
    {
        var descriptor = LinuxCalls.Open(Path.GetDirectoryName(Path.GetFullPath(target))!, OpenUnnamed, OwnerOnly);
        if (descriptor >= 0)
        {
            return new NewFile(target, descriptor, name: null);
        }

        // Linux before 3.11 takes the flags for a folder to be written to; some file systems, such as NFS, have no such files.
        return Marshal.GetLastPInvokeError() is NotSupported or IsFolder ? Named(target) : throw SmallFile.Failure($"make a file beside {target}");
    }

    /// <summary>Gives it the name of the other file, which is gone then.</summary>
    /// <exception cref="IOException">It cannot be done; the other file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be done; the other file is as it was.</exception>
    public void Replace()
    {
        var made = name ??= Link();
        if (LinuxCalls.Rename(made, target) != 0)
        {
            throw SmallFile.Failure($"rename {made}");
        }

        name = null;
    }

    /// <summary>Closes it, and removes what has not got the other's name.</summary>
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
            var made = RandomName(target);
            var descriptor = LinuxCalls.Open(made, LinuxCalls.OpenNewCloseOnExec, OwnerOnly);
            if (descriptor >= 0)
            {
                return new NewFile(target, descriptor, made);
            }

            RequireTaken(attempt, made);
        }
    }

    private string Link()
    {
        for (var attempt = 1; ; attempt++)
        {
            var made = RandomName(target);
            if (LinkAt(CurrentFolder, $"/proc/self/fd/{Handle.DangerousGetHandle()}", CurrentFolder, made, FollowLink) == 0)
            {
                return made;
            }

            RequireTaken(attempt, made);
        }
    }

    /// <summary>128 random bits behind the name of the other file.</summary>
    private static string RandomName(string target)
    {
        Span<byte> random = stackalloc byte[16];
        return GetRandom(random, (nuint)random.Length, 0) == random.Length
            ? $"{target}.nvdimm-{Convert.ToHexStringLower(random)}"
            : throw SmallFile.Failure("get random bytes from the kernel");
    }

    private static void RequireTaken(int attempt, string name)
    {
        if (Marshal.GetLastPInvokeError() != LinuxCalls.AlreadyThere || attempt == Attempts)
        {
            throw SmallFile.Failure($"make {name}");
        }
    }

    /// <summary>Never fewer bytes than asked for, up to 256 (<c>getrandom(2)</c>).</summary>
    [LibraryImport("libc", EntryPoint = "getrandom", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint GetRandom(Span<byte> buffer, nuint length, uint flags);

    [LibraryImport("libc", EntryPoint = "linkat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LinkAt(int folder, string path, int newFolder, string newPath, int flags);
}
