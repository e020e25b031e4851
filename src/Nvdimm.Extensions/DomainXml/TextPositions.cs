namespace Nvdimm.Extensions.DomainXml;

/// <summary>Turns the reader's lines and positions, which count from 1, into characters from 0.</summary>
internal sealed class TextPositions
{
    private readonly List<int> lineStarts = [0];
    private readonly string text;

    /// <summary>Lines end as XML says: with CR LF, LF or CR.</summary>
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

    /// <summary>The character at a line and position.</summary>
    public int IndexOf(int line, int position) => lineStarts[line - 1] + position - 1;

    /// <summary>The line and position of a character.</summary>
    public (int Line, int Position) PlaceOf(int index)
    {
        var found = lineStarts.BinarySearch(index);
        var line = found >= 0 ? found + 1 : ~found;
        return (line, index - lineStarts[line - 1] + 1);
    }

    /// <summary>The first character behind the tag that <paramref name="index"/> is in: quoted brackets do not end it.</summary>
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
