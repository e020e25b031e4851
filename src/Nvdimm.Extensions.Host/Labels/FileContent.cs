using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>A block device or a regular file, read and written at offsets.</summary>
internal sealed class FileContent : IDeviceContent
{
    private readonly SafeFileHandle file;
    private readonly string path;

    private FileContent(SafeFileHandle file, string path)
    {
        this.path = path;
        this.file = file;

        // Half a KiB every 2 MiB: reading ahead would read a sixteenth of the device. Without the advice it is slower, and as right.
        _ = LinuxCalls.Advise(file, 0, 0, LinuxCalls.AdviceRandom);

        // The size in the inode of a block device is 0; its end is where a seek to the end arrives. Where that is 0, too, it is a dax
        // device without sysfs or no device at all, and nothing may be concluded from it.
        Length = LinuxCalls.Seek(file, 0, LinuxCalls.SeekEnd);
        if (Length <= 0)
        {
            var failure = Length < 0 ? LinuxCalls.Failure($"seek in {path}") : new IOException($"{path} has no size");
            file.Dispose();
            throw failure;
        }
    }

    /// <summary>Opens a block device or a regular file. It waits for nobody: in its place may be a pipe whose other end never comes.</summary>
    /// <exception cref="IOException">It cannot be opened, or is something else.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileContent Open(string path, bool isWritable)
    {
        var descriptor = LinuxCalls.Open(path, isWritable ? LinuxCalls.OpenReadWriteCloseOnExec : LinuxCalls.OpenReadCloseOnExec, 0);
        if (descriptor < 0)
        {
            throw SmallFile.Failure($"open {path}");
        }

        var opened = new SafeFileHandle(descriptor, ownsHandle: true);
        if (LinuxFile.StatusOf(descriptor, path).Kind is FileKind.Regular or FileKind.Block)
        {
            return new FileContent(opened, path);
        }

        opened.Dispose();
        throw new IOException($"{path} is neither a block device nor a regular file");
    }

    /// <summary>Opens a file of a state folder, as the folder's user.</summary>
    /// <exception cref="IOException">It cannot be opened, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileContent OpenBackup(string path) =>
        FolderUser.Do(Path.GetDirectoryName(Path.GetFullPath(path))!, () => Open(path, isWritable: false));

    public long Length { get; }

    public void Read(long offset, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            // 190 reads for each device at each start: the way through RandomAccess takes as long again as the kernel's part.
            var read = LinuxCalls.ReadAt(file, buffer, (nuint)buffer.Length, offset);
            if (read == 0)
            {
                throw new EndOfStreamException($"{path} ends at {offset}");
            }

            if (read < 0 && LinuxCalls.Failure($"read {path} at {offset}") is var failure)
            {
                _ = failure.HResult == LinuxCalls.Interrupted ? failure : throw failure;
                continue;
            }

            buffer = buffer[(int)read..];
            offset += read;
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset > Length - bytes.Length)
        {
            throw new EndOfStreamException($"{path} ends at {Length}");
        }

        RandomAccess.Write(file, bytes, offset);
        RandomAccess.FlushToDisk(file);
    }

    public void Dispose() => file.Dispose();
}
