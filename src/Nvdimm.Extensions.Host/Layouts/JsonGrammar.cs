using System.Text.RegularExpressions;

namespace Nvdimm.Extensions.Host.Layouts;

/// <summary>
/// Refuses what RFC 8259 does not know but the tolerant <c>JsonTextReader</c> takes: octal and hexadecimal numbers, missing values and
/// trailing commas, comments, single quotes, NaN, control characters in strings. <c>010</c> must not become an offset of 8.
/// </summary>
internal static partial class JsonGrammar
{
    /// <exception cref="RejectedJsonException">The text is not made of JSON's words, or something stands between or before nothing.</exception>
    public static void Check(string text)
    {
        var at = 0;
        var last = '[';
        while (at < text.Length)
        {
            var word = Word.Match(text, at);
            if (!word.Success)
            {
                throw RejectedJsonException.Damaged($"no JSON at character {at + 1}");
            }

            at += word.Length;
            var first = word.Value[0];
            if (char.IsWhiteSpace(first))
            {
                continue;
            }

            var isMissing = (first is ',' or ']' or '}' && last is ',' or ':') || (first == ',' && last is '[' or '{');
            if (isMissing)
            {
                throw RejectedJsonException.Damaged($"nothing stands before '{first}' at character {at}");
            }

            last = first;
        }
    }

    [GeneratedRegex(
        @"\G(?>[ \t\r\n]+|[\[\]{}:,]|""(?>[^""\\\x00-\x1f]+|\\(?:[""\\/bfnrt]|u[0-9A-Fa-f]{4}))*""|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z.])|true|false|null)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word { get; }
}
