using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>A lock for one writer at a time in a folder. The kernel releases it when the process ends, for any reason.</summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly SafeFileHandle file;

    private FolderLock(SafeFileHandle file) => this.file = file;

    /// <summary>The file that is locked.</summary>
    public static string PathOf(string folder) => Path.Combine(folder, ".lock");

    /// <summary>Waits for the lock; creates the folder if it is missing.</summary>
    /// <exception cref="TimeoutException">The lock is not free in time.</exception>
    /// <exception cref="IOException">The lock cannot be opened or locked.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to open the lock.</exception>
    public static FolderLock Take(string folder, TimeSpan timeout)
    {
        var path = PathOf(folder);
        DurableFiles.CreateFolder(folder);
        var handle = Open(path);
        var waited = Stopwatch.StartNew();
        while (LinuxCalls.Lock(handle, LinuxCalls.LockExclusiveNow) != 0)
        {
            var isBusy = Marshal.GetLastPInvokeError() is Errno.WouldBlock or Errno.Interrupted;
            if (!isBusy || waited.Elapsed >= timeout)
            {
                var failure = LinuxCalls.Failure($"lock {path}");
                handle.Dispose();
                throw isBusy
                    ? new TimeoutException($"{path} was not free within {timeout.TotalSeconds} seconds", failure)
                    : failure;
            }

            Thread.Sleep(Pause);
        }

        return new FolderLock(handle);
    }

    public void Dispose() => file.Dispose();

    /// <summary>Opens the lock file with our own descriptor, because .NET locks every file that it opens for a moment.</summary>
    private static SafeFileHandle Open(string path)
    {
        var descriptor = SmallFile.Open(path);
        if (descriptor < 0)
        {
            DurableFiles.CreateLock(path);
            return LinuxCalls.OpenForReading(path);
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        DurableFiles.SetModeOfLock(handle, path);
        return handle;
    }
}
