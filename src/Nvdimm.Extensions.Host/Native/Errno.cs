namespace Nvdimm.Extensions.Host.Native;

/// <summary>Error numbers of Linux, the same on every 64-bit architecture.</summary>
// Linux v6.1 include/uapi/asm-generic/errno-base.h and errno.h.
internal static class Errno
{
    /// <summary>EPERM: the caller lacks a right that no mode of the file gives.</summary>
    public const int NotPermitted = 1;

    /// <summary>ENOENT.</summary>
    public const int NoSuchFile = 2;

    /// <summary>ESRCH: the process is gone.</summary>
    public const int NoSuchProcess = 3;

    /// <summary>EINTR.</summary>
    public const int Interrupted = 4;

    /// <summary>EAGAIN.</summary>
    public const int WouldBlock = 11;

    /// <summary>EACCES: the mode of the file or of a folder above it does not allow it.</summary>
    public const int AccessDenied = 13;

    /// <summary>EBUSY.</summary>
    public const int Busy = 16;

    /// <summary>EEXIST.</summary>
    public const int AlreadyThere = 17;

    /// <summary>ENOTDIR.</summary>
    public const int NotADirectory = 20;

    /// <summary>EINVAL: what <c>readlink</c> says of what is no link, and <c>ioctl</c> of what it does not know.</summary>
    public const int InvalidArgument = 22;

    /// <summary>ENOTTY: the file has no such request.</summary>
    public const int NotForThisFile = 25;

    /// <summary>EOPNOTSUPP: the file system has no such request.</summary>
    public const int NotSupported = 95;
}
