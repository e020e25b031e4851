using System.Globalization;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>Opens device files.</summary>
internal static class DeviceContent
{
    /// <summary>
    /// Opens the file of a device. Refuses a dax device with bad blocks, which nothing may map; this is the only place that decides so.
    /// Blocks that became bad after the device was listed are not known.
    /// </summary>
    /// <param name="device">The device as it was listed; it has a path.</param>
    /// <param name="isWritable">Whether to open the device for writing, too.</param>
    /// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
    /// <exception cref="IOException">The device cannot be opened, or has bad blocks.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to open the device.</exception>
    public static IDeviceContent Open(NvdimmDevice device, bool isWritable, string root = "/")
    {
        RequireNoBadBlocks(device);
        return Open(device.Path!, isWritable, root);
    }

    /// <summary>As above, read-only, for a path whose links were already resolved.</summary>
    public static IDeviceContent Open(NvdimmDevice device, DeviceFile file, string root)
    {
        RequireNoBadBlocks(device);
        return Open(file, isWritable: false, root);
    }

    /// <summary>Opens a block device, a dax device or a regular file.</summary>
    /// <param name="path">The path, possibly a link.</param>
    /// <param name="isWritable">Whether to open the device for writing, too.</param>
    /// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
    /// <exception cref="IOException">The device cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to open the device.</exception>
    public static IDeviceContent Open(string path, bool isWritable, string root = "/") => Open(DeviceFile.Resolve(path), isWritable, root);

    private static IDeviceContent Open(DeviceFile device, bool isWritable, string root)
    {
        var dax = device.DaxFolder(root);
        return device.IsDax && Directory.Exists(dax)
            ? new MappedContent(device.Path, Number(Path.Combine(dax, "size")), Number(Path.Combine(dax, "align")), isWritable)
            : FileContent.Open(device.Path, isWritable);
    }

    private static void RequireNoBadBlocks(NvdimmDevice device)
    {
        if (device is { IsDevdax: true, BadBlockCount: > 0 })
        {
            throw new IOException($"it is a dax device with {device.BadBlockCount} bad blocks");
        }
    }

    private static long Number(string path)
    {
        var text = File.ReadAllText(path).Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new IOException($"{path} has '{text}', not a number of bytes");
    }
}

/// <summary>The bytes of a device file, read or mapped.</summary>
internal interface IDeviceContent : IDisposable
{
    /// <summary>The size in bytes.</summary>
    long Length { get; }

    /// <summary>Fills the buffer from an offset in bytes.</summary>
    /// <exception cref="IOException">The bytes cannot be read, or the range exceeds the device.</exception>
    void Read(long offset, Span<byte> buffer);

    /// <summary>Writes at an offset in bytes. The bytes are durable when the call returns.</summary>
    /// <exception cref="IOException">The bytes cannot be written, or the range exceeds the device.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses the write.</exception>
    void Write(long offset, ReadOnlySpan<byte> bytes);
}

/// <summary>Bytes in memory in place of a device. They cannot be written.</summary>
internal sealed class BytesContent(byte[] bytes) : IDeviceContent
{
    public long Length => bytes.Length;

    public void Read(long offset, Span<byte> buffer)
    {
        if (offset > bytes.Length - buffer.Length)
        {
            throw new EndOfStreamException($"the bytes end at {bytes.Length}");
        }

        bytes.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
    }

    public void Write(long offset, ReadOnlySpan<byte> written) => throw new IOException("bytes in memory are not written");

    public void Dispose()
    {
    }
}
