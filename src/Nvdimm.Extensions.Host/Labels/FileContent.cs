using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>A block device or a regular file, read and written at offsets.</summary>
internal sealed class FileContent : IDeviceContent
{
    private readonly SafeFileHandle file;
    private readonly string path;

    public FileContent(string path, bool isWritable)
    {
        this.path = path;
        file = File.OpenHandle(path, FileMode.Open, isWritable ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

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
