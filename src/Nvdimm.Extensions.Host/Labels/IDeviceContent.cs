namespace Nvdimm.Extensions.Host.Labels;

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
    void Write(long offset, ReadOnlySpan<byte> bytes);
}
