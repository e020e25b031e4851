namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>A text in memory, in blocks. Not safe for use by several threads.</summary>
internal sealed class BufferedText : TextReader
{
    private const int BlockCharacters = 16 << 10;

    private readonly Queue<ReadOnlyMemory<char>> blocks = [];
    private ReadOnlyMemory<char> rest;

    private BufferedText()
    {
    }

    /// <summary>Reads a text to its end, or until it has more characters than allowed.</summary>
    public static async Task<BufferedText> ReadAsync(TextReader reader, long maximumCharacters, CancellationToken cancellationToken)
    {
        var text = new BufferedText();
        var (total, read) = (0L, BlockCharacters);
        while (read == BlockCharacters && total <= maximumCharacters)
        {
            var block = new char[BlockCharacters];
            read = await reader.ReadBlockAsync(block, cancellationToken).ConfigureAwait(false);
            text.blocks.Enqueue(block.AsMemory(0, read));
            total += read;
        }

        return text;
    }

    public override int Read(char[] buffer, int index, int count)
    {
        if (rest.IsEmpty && !blocks.TryDequeue(out rest))
        {
            return 0;
        }

        var length = Math.Min(count, rest.Length);
        rest[..length].CopyTo(buffer.AsMemory(index));
        rest = rest[length..];
        return length;
    }
}
