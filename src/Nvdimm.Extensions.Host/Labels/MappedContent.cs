using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// A dax device. It can be neither read nor seeked, only mapped: shared, in multiples of its alignment (Linux v6.1 drivers/dax/device.c,
/// check_vma). For reading, the whole device is mapped once, which takes address space but no memory; mapping a window for each of a
/// million reads takes longer than the reads. For writing, only the written window is mapped.
/// </summary>
/// <remarks>
/// Reading a bad block through a mapping ends the process with SIGBUS, so a device with known bad blocks must not be mapped.
/// </remarks>
internal sealed class MappedContent : IDeviceContent
{
    private readonly SafeFileHandle file;
    private readonly string path;
    private readonly long align;
    private readonly bool isWritable;
    private readonly Lazy<nint> reading;

    /// <param name="path">The device file.</param>
    /// <param name="length">The size in bytes, a multiple of <paramref name="align"/>.</param>
    /// <param name="align">The alignment in bytes, a multiple of the page size.</param>
    /// <param name="isWritable">Whether to open the device for writing, too.</param>
    public MappedContent(string path, long length, long align, bool isWritable)
    {
        (this.path, this.align, this.isWritable, Length) = (path, align, isWritable, length);
        file = File.OpenHandle(
            path, FileMode.Open, isWritable ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        reading = new Lazy<nint>(() => Map(0, (nuint)Length, LinuxCalls.ProtectRead));
    }

    private delegate void WindowAction(Span<byte> window);

    public long Length { get; }

    public unsafe void Read(long offset, Span<byte> buffer)
    {
        KeepToTheEnd(offset, buffer.Length);
        new ReadOnlySpan<byte>((byte*)reading.Value + offset, buffer.Length).CopyTo(buffer);
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
            Within(offset, length, window => new ReadOnlySpan<byte>((void*)address, length).CopyTo(window));
        }
    }

    public void Dispose()
    {
        if (reading.IsValueCreated)
        {
            _ = LinuxCalls.Unmap(reading.Value, (nuint)Length);
        }

        file.Dispose();
    }

    private unsafe void Within(long offset, int length, WindowAction action)
    {
        KeepToTheEnd(offset, length);
        var start = offset / align * align;
        var end = Math.Min(Length, (offset + length + align - 1) / align * align);
        var size = (nuint)(end - start);
        var address = Map(start, size, LinuxCalls.ProtectRead | LinuxCalls.ProtectWrite);
        try
        {
            action(new Span<byte>((byte*)address + (offset - start), length));
            if (LinuxCalls.SyncMap(address, size, LinuxCalls.SyncAndWait) != 0)
            {
                throw LinuxCalls.Failure($"sync {path}");
            }
        }
        finally
        {
            _ = LinuxCalls.Unmap(address, size);
        }
    }

    private nint Map(long start, nuint size, int protection)
    {
        var address = LinuxCalls.Map(0, size, protection, LinuxCalls.MapShared, file, start);
        return address != -1 ? address : throw LinuxCalls.Failure($"map {path}");
    }

    private void KeepToTheEnd(long offset, int length)
    {
        if (offset < 0 || offset > Length - length)
        {
            throw new EndOfStreamException($"{path} ends at {Length}");
        }
    }
}
