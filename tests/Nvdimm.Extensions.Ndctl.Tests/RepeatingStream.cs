using System.Text;

namespace Nvdimm.Extensions.Ndctl.Tests;

/// <summary>A stream that begins somehow and then never ends.</summary>
internal sealed class RepeatingStream(string start, string repeated) : Stream
{
    private readonly byte[] start = Encoding.UTF8.GetBytes(start);
    private readonly byte[] repeated = Encoding.UTF8.GetBytes(repeated);

    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => BytesRead; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        for (var index = 0; index < count; index++, BytesRead++)
        {
            buffer[offset + index] = BytesRead < start.Length ? start[BytesRead] : repeated[(BytesRead - start.Length) % repeated.Length];
        }

        return count;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
