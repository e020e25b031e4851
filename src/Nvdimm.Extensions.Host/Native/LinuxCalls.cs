using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>Linux calls that .NET does not offer. The numbers are those of x86-64, POWER and all other 64-bit architectures.</summary>
internal static partial class LinuxCalls
{
    public const int ProtectRead = 1;
    public const int ProtectWrite = 2;
    public const int MapShared = 1;
    public const int LockExclusiveNow = 2 | 4;
    public const int SeekEnd = 2;
    public const int SyncAndWait = 4;

    /// <summary>
    /// Opens read-only, closed in child processes (O_CLOEXEC), without waiting for the other end of a pipe that somebody has put in a
    /// file's place (O_NONBLOCK). The mode argument only matters when a file is created, which these flags never do.
    /// </summary>
    public const int OpenReadCloseOnExec = 0x80000 | 0x800;

    /// <summary>As above for reading and writing.</summary>
    public const int OpenReadWriteCloseOnExec = OpenReadCloseOnExec | 0x2;

    /// <summary>
    /// Opens write-only, closed in child processes, and creates the file (O_CREAT, O_EXCL): never an existing one, nor one behind a planted
    /// link.
    /// </summary>
    public const int OpenNewCloseOnExec = 0x80000 | 0x1 | 0x40 | 0x80;

    /// <summary>Opens only a place in the tree (O_PATH), without rights on the file itself, closed in child processes.</summary>
    public const int OpenPathCloseOnExec = 0x80000 | 0x200000;

    /// <summary>POSIX_FADV_RANDOM: no read-ahead.</summary>
    public const int AdviceRandom = 1;

    /// <summary>O_EXCL (<c>open(2)</c>): fails with EBUSY if a block device has an exclusive holder; no effect on a regular file.</summary>
    public const int OpenExclusively = 0x80;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Read(int descriptor, Span<byte> buffer, nuint length);

    /// <summary>Creates a symbolic link with a text, which need not be the name of anything.</summary>
    [LibraryImport("libc", EntryPoint = "symlink", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SymbolicLink(string target, string path);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "unlink", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Unlink(string path);

    /// <summary>Writes the text of a symbolic link into the buffer, without a terminating zero, and returns its length.</summary>
    [LibraryImport("libc", EntryPoint = "readlink", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint ReadLink(string path, Span<byte> target, nuint length);

    /// <summary>Fills a buffer with the entries of a folder; returns 0 at the end. In glibc since 2.30.</summary>
    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint ReadFolder(int descriptor, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint ReadAt(SafeFileHandle file, Span<byte> buffer, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ChangeMode(SafeFileHandle file, int mode);

    [LibraryImport("libc", EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ChangeMode(string path, int mode);

    [LibraryImport("libc", EntryPoint = "mkdir", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int MakeFolder(string path, int mode);

    /// <summary>Gives a file an additional name, which must be free.</summary>
    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Link(string path, string name);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(int descriptor);

    /// <summary>The id of the parent process.</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ParentProcess();

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Sync(SafeFileHandle file);

    /// <summary>Syncs the file system of a file.</summary>
    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SyncFileSystem(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial long Seek(SafeFileHandle file, long offset, int origin);

    /// <summary>Announces the access pattern of a file. Returns the error number.</summary>
    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Advise(SafeFileHandle file, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Map(nint address, nuint length, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc", EntryPoint = "msync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SyncMap(nint address, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Unmap(nint address, nuint length);

    /// <summary>Opens a file or a folder for reading, for calls that need a descriptor.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle OpenForReading(string path)
    {
        var descriptor = Open(path, OpenReadCloseOnExec, 0);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failure($"open {path}");
    }

    /// <summary>Fills <c>struct statfs</c>, which has 120 bytes on 64-bit architectures.</summary>
    [LibraryImport("libc", EntryPoint = "fstatfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int FileSystemStatus(int descriptor, Span<byte> status);

    /// <summary>Sends a request to a driver or a file system, which fills the buffer.</summary>
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Control(SafeFileHandle file, nuint request, Span<byte> buffer);

    /// <summary>An exception for the error of the last call.</summary>
    public static IOException Failure(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }
}
