namespace Nvdimm.Extensions.Engine.Faults;

/// <summary>Recovers codes from the texts of a fault, since the engine's API returns only texts.</summary>
public static class FaultCodes
{
    private const int LongestDetail = 64 << 10;

    private static readonly Text[] Texts = [.. FindingTexts.Codes.Select(code => new Text(code, LiteralsOf(FindingTexts.Template(code)!)))];

    /// <summary>
    /// Returns the codes, ours and the engine's, whose texts are in a detail, in the order in which the texts end. Unknown texts are left
    /// out, and so is everything after 64 Ki characters.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="detail"/> is null.</exception>
    public static ValueList<string> In(string detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var text = detail.AsSpan(0, Math.Min(detail.Length, LongestDetail));
        var codes = new List<string>();
        var ends = new List<int>();
        foreach (var candidate in Texts)
        {
            if (EndOf(candidate.Literals, text) is >= 0 and var end)
            {
                var place = ends.Count;
                while (place > 0 && ends[place - 1] > end)
                {
                    place--;
                }

                codes.Insert(place, candidate.Code);
                ends.Insert(place, end);
            }
        }

        return codes.ToValueList();
    }

    /// <summary>
    /// The end of the first match of a text; -1 if there is none. A placeholder matches any text within one line, as short as possible.
    /// </summary>
    private static int EndOf(string[] literals, ReadOnlySpan<char> text)
    {
        for (int start = 0, offset; (offset = text[start..].IndexOf(literals[0], StringComparison.Ordinal)) >= 0;)
        {
            var end = start + offset + literals[0].Length;
            var next = 1;
            while (next < literals.Length && LineOf(text[end..]).IndexOf(literals[next], StringComparison.Ordinal) is >= 0 and var gap)
            {
                end += gap + literals[next].Length;
                next++;
            }

            if (next == literals.Length)
            {
                return end;
            }

            // A literal that is missing after the first match on a line is missing after every later match.
            var line = LineOf(text[end..]).Length;
            if (end + line == text.Length)
            {
                return -1;
            }

            start = end + line + 1;
        }

        return -1;
    }

    private static ReadOnlySpan<char> LineOf(ReadOnlySpan<char> text) => text.IndexOf('\n') is >= 0 and var end ? text[..end] : text;

    /// <summary>The literal parts of a text before, between and after its placeholders.</summary>
    private static string[] LiteralsOf(string template)
    {
        var literals = new List<string>();
        for (int start;
            (start = template.IndexOf("${", StringComparison.Ordinal)) >= 0;
            template = template[(template.IndexOf('}', start) + 1)..])
        {
            literals.Add(template[..start]);
        }

        return [.. literals, template];
    }

    /// <summary>
    /// A text to search for. It is a class and not a tuple: the runtime has compiled code for lists of classes, but not for lists of
    /// tuples.
    /// </summary>
    private sealed record Text(string Code, string[] Literals);
}
