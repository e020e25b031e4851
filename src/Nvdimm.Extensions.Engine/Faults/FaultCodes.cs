using System.Text.RegularExpressions;

namespace Nvdimm.Extensions.Engine.Faults;

/// <summary>Recovers codes from the texts of a fault, which is all that the engine's API tells.</summary>
public static class FaultCodes
{
    private const int LongestDetail = 64 << 10;

    private static readonly (string Code, Regex Pattern)[] Patterns = [.. FindingTexts.Codes.Select(code => (code, PatternOf(FindingTexts.Template(code)!)))];

    /// <summary>
    /// The codes, ours and the engine's, whose texts are in a detail, in the order in which they end there. A text that no code has is
    /// left out, and so is what stands beyond 64 Ki characters.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="detail"/> is null.</exception>
    public static ValueList<string> In(string detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var text = detail.Length > LongestDetail ? detail[..LongestDetail] : detail;
        var found = from pattern in Patterns
                    let match = pattern.Pattern.Match(text)
                    where match.Success
                    orderby match.Index + match.Length
                    select pattern.Code;
        return found.ToValueList();
    }

    /// <summary>A pattern of a text. A placeholder is any text within one sentence of the list; matching takes linear time.</summary>
    private static Regex PatternOf(string template)
    {
        var parts = Regex.Split(template, @"\$\{[A-Za-z]+\}", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)).Select(Regex.Escape);
        return new Regex(string.Join("[^\\n]*?", parts), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
