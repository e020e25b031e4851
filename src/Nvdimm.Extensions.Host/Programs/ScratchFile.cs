using Microsoft.Win32.SafeHandles;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>
/// A sparse file that stands for a device. It never has a name, so nothing is left behind, however this process ends. Other processes open
/// it through this process's file descriptors.
/// </summary>
internal sealed class ScratchFile : IDisposable
{
    private readonly SafeFileHandle handle;

    private ScratchFile(SafeFileHandle handle) => this.handle = handle;

    /// <summary>The path by which the file can be opened until this object is disposed (Linux, <c>proc(5)</c>).</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{handle.DangerousGetHandle()}";

    /// <summary>Creates a file of this size that takes no disk space.</summary>
    /// <exception cref="ProbeException">
    /// The file system refuses: it is read-only, unknown, or does not support files of that size.
    /// </exception>
    public static ScratchFile Create(string folder, ByteSize size)
    {
        var path = System.IO.Path.Combine(folder, $"nvdimm-{System.IO.Path.GetRandomFileName()}");
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            File.Delete(path);
            RandomAccess.SetLength(file, size.Bytes);
            return new ScratchFile(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            file?.Dispose();
            throw new ProbeException(
                folder, ProbeFailure.NoScratchFile, $"No sparse file of {size} in {folder}: {refused.Message}", inner: refused);
        }
    }

    public void Dispose() => handle.Dispose();
}
