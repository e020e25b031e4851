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

        // The probe reads half a KiB every 2 MiB; with read-ahead the kernel would read a sixteenth of the device. The advice only affects
        // speed.
        _ = LinuxCalls.Advise(file, 0, 0, LinuxCalls.AdviceRandom);

        // The inode of a block device has size 0; a seek to the end gives the size. If that is 0, too, the file is a dax device without
        // sysfs or not a device at all, and nothing is known about it.
        Length = LinuxCalls.Seek(file, 0, LinuxCalls.SeekEnd);
        if (Length <= 0)
        {
            var failure = Length < 0 ? LinuxCalls.Failure($"seek in {path}") : new IOException($"{path} has no size");
            file.Dispose();
            throw failure;
        }
    }

    /// <summary>Opens a block device or a regular file, without blocking: a pipe in its place may never get another end.</summary>
    /// <exception cref="IOException">The file cannot be opened, or is of another type.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to open the file.</exception>
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

    /// <summary>Opens a file of a state folder with the rights of the folder's user.</summary>
    /// <exception cref="IOException">The file cannot be opened, or is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The user lacks the right to open the file.</exception>
    public static FileContent OpenBackup(string path) =>
        FolderUser.Do(Path.GetDirectoryName(Path.GetFullPath(path))!, () => Open(path, isWritable: false));

    public long Length { get; }

    public void Read(long offset, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            // Each start reads each device about 190 times: RandomAccess would double the time of a read.
            var read = LinuxCalls.ReadAt(file, buffer, (nuint)buffer.Length, offset);
            if (read == 0)
            {
                throw new EndOfStreamException($"{path} ends at {offset}");
            }

            if (read < 0 && LinuxCalls.Failure($"read {path} at {offset}") is var failure)
            {
                _ = failure.HResult == Errno.Interrupted ? failure : throw failure;
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
