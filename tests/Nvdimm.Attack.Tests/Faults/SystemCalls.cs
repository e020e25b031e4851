namespace Nvdimm.Attack.Tests.Faults;

/// <summary>The system calls that are made to fail.</summary>
internal static class SystemCalls
{
    private static readonly string[] Errors = ["EIO", "ENOSPC", "EACCES", "ENOMEM"];

    /// <summary>Calls about files and identities: each gets every error.</summary>
    private static readonly string[] OfFiles =
    [
        "open", "openat", "openat2", "read", "pread64", "readv", "preadv", "write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "syncfs",
        "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat",
        "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat", "stat", "fstat", "lstat", "newfstatat", "statx", "statfs", "fstatfs",
        "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getdents64", "ftruncate", "fallocate", "flock", "ioctl", "utimensat",
        "copy_file_range", "sendfile", "connect", "sendto", "sendmsg", "socket", "getgroups", "setgroups",
    ];

    /// <summary>Calls that get memory: they run out of it.</summary>
    private static readonly string[] OfMemory = ["mmap", "mremap", "brk"];

    /// <summary>
    /// Calls that are not made to fail, but a process may be killed there. An error of <c>close</c> says nothing that <c>fsync</c> has not said, and
    /// the kernel has no reason for one of <c>lseek</c>, <c>setfsuid</c> or <c>setfsgid</c>.
    /// </summary>
    private static readonly string[] OnlyKilled = ["close", "lseek", "munmap", "setfsuid", "setfsgid", "exit_group"];

    /// <summary>All of them, for <c>strace -e trace=</c>: those that an architecture has not are left out.</summary>
    public static string Traced { get; } = string.Join(',', OfFiles.Concat(OfMemory).Concat(OnlyKilled).Select(call => $"?{call}"));

    /// <summary>Every fault at an occurrence of a call.</summary>
    public static IEnumerable<Fault> FaultsOf(string call, int occurrence)
    {
        string[] errors = OfFiles.Contains(call, StringComparer.Ordinal) ? Errors : OfMemory.Contains(call, StringComparer.Ordinal) ? ["ENOMEM"] : [];
        return errors.Select(error => new Fault(call, occurrence, error)).Append(new Fault(call, occurrence, null));
    }
}
