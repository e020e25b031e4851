namespace Nvdimm.Extensions.Ndctl.Tests.Json;

/// <summary>Returns a text in pieces: the first up to a place, then pieces of one length, as a pipe might.</summary>
internal sealed class ChunkedReader(string text, int first, int length) : TextReader
{
    private int at;

    public bool IsDisposed { get; private set; }

    public override int Read(char[] buffer, int index, int count)
    {
        var read = Math.Min(Math.Min(count, text.Length - at), at < first ? first - at : length);
        text.CopyTo(at, buffer, index, read);
        at += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
