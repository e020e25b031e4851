using Nvdimm.Extensions.Host.Labels;

namespace Nvdimm.Extensions.Host.Tests.Content;

/// <summary>A device in memory that writes down what is read of it.</summary>
/// <param name="length">Its size in bytes.</param>
/// <param name="head">What it begins with; zeros follow.</param>
internal sealed class CountedContent(long length, byte[] head) : IDeviceContent
{
    public List<(long Offset, int Length)> Reads { get; } = [];

    public long Length => length;

    public void Read(long offset, Span<byte> buffer)
    {
        Reads.Add((offset, buffer.Length));
        if (offset > length - buffer.Length)
        {
            throw new EndOfStreamException($"it ends at {length}");
        }

        buffer.Clear();
        if (offset < head.Length)
        {
            head.AsSpan((int)offset, (int)Math.Min(buffer.Length, head.Length - offset)).CopyTo(buffer);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes) => throw new IOException("nothing is written");

    public void Dispose()
    {
    }
}
