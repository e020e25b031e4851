namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The bytes of a device file, however they are reached.</summary>
internal interface IDeviceContent : IDisposable
{
    /// <summary>The size in bytes.</summary>
    long Length { get; }

    /// <summary>Fills the buffer from an offset in bytes.</summary>
    /// <exception cref="IOException">The bytes cannot be read, or the device ends before.</exception>
    void Read(long offset, Span<byte> buffer);

    /// <summary>Writes at an offset in bytes, and returns when it is durable.</summary>
    /// <exception cref="IOException">The bytes cannot be written, or the device ends before.</exception>
    void Write(long offset, ReadOnlySpan<byte> bytes);
}
