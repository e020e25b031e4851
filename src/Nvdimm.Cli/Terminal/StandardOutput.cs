using System.Text;

namespace Nvdimm.Cli.Terminal;

/// <summary>
/// Standard output. Its failures have their own exception type: a full disk behind it does not undo what a command has done.
/// </summary>
internal sealed class StandardOutput : Stream
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The writer; it lives as long as the process.</summary>
    private static readonly StreamWriter Writer = new(new StandardOutput(Console.OpenStandardOutput()), Encoding) { AutoFlush = true };

    private readonly Stream output;

    private StandardOutput(Stream output) => this.output = output;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Makes the console write to it, always in UTF-8, whatever the locale is: JSON and domain XML require that.</summary>
    public static void Use()
    {
        Console.OutputEncoding = Encoding;
        Console.SetOut(Writer);
    }

    /// <inheritdoc/>
    /// <exception cref="OutputException">Standard output cannot be written.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            output.Write(buffer, offset, count);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(failure);
        }
    }

    /// <inheritdoc/>
    public override void Flush() => output.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            output.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
