namespace Nvdimm.Extensions.Host.Labels;

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
