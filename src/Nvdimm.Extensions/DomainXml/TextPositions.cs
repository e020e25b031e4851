namespace Nvdimm.Extensions.DomainXml;

/// <summary>Converts the reader's lines and positions, which count from 1, to character indexes, which count from 0, and back.</summary>
internal sealed class TextPositions
{
    private readonly List<int> lineStarts = [0];
    private readonly string text;

    /// <summary>Finds the lines of a text. As in XML, CR LF, LF and CR end a line.</summary>
    public TextPositions(string text)
    {
        this.text = text;
        var start = 0;
        for (var length = LineLength(start); length >= 0; length = LineLength(start))
        {
            start += length;
            start += text.AsSpan(start).StartsWith("\r\n") ? 2 : 1;
            lineStarts.Add(start);
        }
    }

    /// <summary>The index of the character at a line and position.</summary>
    public int IndexOf(int line, int position) => lineStarts[line - 1] + position - 1;

    /// <summary>The line and position of the character at an index.</summary>
    public (int Line, int Position) PlaceOf(int index)
    {
        var lineIndex = lineStarts.BinarySearch(index);
        var line = lineIndex >= 0 ? lineIndex + 1 : ~lineIndex;
        return (line, index - lineStarts[line - 1] + 1);
    }

    /// <summary>The index after the tag that contains <paramref name="index"/>; brackets in quotes do not end the tag.</summary>
    public int EndOfTag(int index)
    {
        var quote = '\0';
        for (; text[index] != '>' || quote != '\0'; index++)
        {
            if (quote == '\0' && text[index] is '"' or '\'')
            {
                quote = text[index];
            }
            else if (text[index] == quote)
            {
                quote = '\0';
            }
        }

        return index + 1;
    }

    private int LineLength(int start) => text.AsSpan(start).IndexOfAny('\r', '\n');
}
