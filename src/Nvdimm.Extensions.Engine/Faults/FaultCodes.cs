namespace Nvdimm.Extensions.Engine.Faults;

/// <summary>Recovers codes from the texts of a fault, which is all that the engine's API tells.</summary>
public static class FaultCodes
{
    private const int LongestDetail = 64 << 10;

    private static readonly (string Code, string[] Literals)[] Texts = [.. FindingTexts.Codes.Select(code => (code, LiteralsOf(FindingTexts.Template(code)!)))];

    /// <summary>
    /// The codes, ours and the engine's, whose texts are in a detail, in the order in which they end there. A text that no code has is
    /// left out, and so is what stands beyond 64 Ki characters.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="detail"/> is null.</exception>
    public static ValueList<string> In(string detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var text = detail.AsSpan(0, Math.Min(detail.Length, LongestDetail));
        var found = new List<(string Code, int End)>();
        foreach (var (code, literals) in Texts)
        {
            if (EndOf(literals, text) is >= 0 and var end)
            {
                found.Add((code, end));
            }
        }

        return found.OrderBy(match => match.End).Select(match => match.Code).ToValueList();
    }

    /// <summary>Where the first match of a text ends; -1 where there is none. A placeholder is any text within one line, as short as possible.</summary>
    private static int EndOf(string[] literals, ReadOnlySpan<char> text)
    {
        for (int start = 0, found; (found = text[start..].IndexOf(literals[0], StringComparison.Ordinal)) >= 0;)
        {
            var end = start + found + literals[0].Length;
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

            // What is missing after the first place on a line is missing after every later one.
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

    /// <summary>What stands before, between and after the placeholders of a text.</summary>
    private static string[] LiteralsOf(string template)
    {
        var literals = new List<string>();
        for (int start; (start = template.IndexOf("${", StringComparison.Ordinal)) >= 0; template = template[(template.IndexOf('}', start) + 1)..])
        {
            literals.Add(template[..start]);
        }

        return [.. literals, template];
    }
}
