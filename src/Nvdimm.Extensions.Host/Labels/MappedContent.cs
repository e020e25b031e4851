using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// A dax device, which can be neither read nor seeked, only mapped: shared, in multiples of its alignment
/// (Linux v6.1 drivers/dax/device.c, check_vma). Only the window that is needed is mapped, for as long as it is needed.
/// </summary>
/// <remarks>A bad block under the window ends the process with SIGBUS; a device with known bad blocks must not be mapped.</remarks>
internal sealed class MappedContent : IDeviceContent
{
    private readonly SafeFileHandle file;
    private readonly string path;
    private readonly long align;
    private readonly bool isWritable;

    /// <param name="path">The device file.</param>
    /// <param name="length">Its size in bytes, a multiple of <paramref name="align"/>.</param>
    /// <param name="align">Its alignment in bytes, a multiple of the page.</param>
    /// <param name="isWritable">Whether it will be written.</param>
    public MappedContent(string path, long length, long align, bool isWritable)
    {
        (this.path, this.align, this.isWritable, Length) = (path, align, isWritable, length);
        file = File.OpenHandle(path, FileMode.Open, isWritable ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    private delegate void WindowAction(Span<byte> window);

    public long Length { get; }

    public unsafe void Read(long offset, Span<byte> buffer)
    {
        fixed (byte* target = buffer)
        {
            var address = (nint)target;
            var length = buffer.Length;
            Within(offset, length, LinuxCalls.ProtectRead, window => window.CopyTo(new Span<byte>((void*)address, length)));
        }
    }

    public unsafe void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (!isWritable)
        {
            throw new IOException($"{path} is open for reading only");
        }

        fixed (byte* source = bytes)
        {
            var address = (nint)source;
            var length = bytes.Length;
            Within(offset, length, LinuxCalls.ProtectRead | LinuxCalls.ProtectWrite, window => new ReadOnlySpan<byte>((void*)address, length).CopyTo(window));
        }
    }

    public void Dispose() => file.Dispose();

    private unsafe void Within(long offset, int length, int protection, WindowAction action)
    {
        if (offset < 0 || offset > Length - length)
        {
            throw new EndOfStreamException($"{path} ends at {Length}");
        }

        var start = offset / align * align;
        var end = Math.Min(Length, (offset + length + align - 1) / align * align);
        var size = (nuint)(end - start);
        var address = LinuxCalls.Map(0, size, protection, LinuxCalls.MapShared, file, start);
        if (address == -1)
        {
            throw LinuxCalls.Failure($"map {path}");
        }

        try
        {
            action(new Span<byte>((byte*)address + (offset - start), length));
            if ((protection & LinuxCalls.ProtectWrite) != 0 && LinuxCalls.SyncMap(address, size, LinuxCalls.SyncAndWait) != 0)
            {
                throw LinuxCalls.Failure($"sync {path}");
            }
        }
        finally
        {
            _ = LinuxCalls.Unmap(address, size);
        }
    }
}
