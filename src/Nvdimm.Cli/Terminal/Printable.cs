using System.Globalization;
using System.Text;

namespace Nvdimm.Cli.Terminal;

/// <summary>
/// Escapes foreign text for display: a namespace's name can contain any bytes, including control sequences of a terminal.
/// </summary>
internal static class Printable
{
    /// <summary>Whether a terminal gets more than ASCII, because the locale uses UTF-8. A pipe or a file always gets UTF-8.</summary>
    public static bool IsUnicodeTerminal { get; } = IsUnicode(
        new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(value => value is { Length: > 0 }));

    /// <summary>Whether a locale, such as <c>en_GB.UTF-8</c>, uses UTF-8; null, <c>C</c> and <c>POSIX</c> do not.</summary>
    public static bool IsUnicode(string? locale) => locale is not null
        && (locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase));

    /// <summary>The text on one line; control and formatting characters are written as <c>\u001B</c>.</summary>
    public static string Text(string text) => Escaped(text, IsSafe);

    /// <summary>
    /// As <see cref="Text"/>, for a terminal: if the locale is not UTF-8, everything beyond ASCII is written as <c>\u00E9</c>.
    /// </summary>
    public static string ForTerminal(string text) => Escaped(text, rune => IsSafe(rune) && (rune.IsAscii || IsUnicodeTerminal));

    private static string Escaped(string text, Func<Rune, bool> isShown)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (isShown(rune))
            {
                printable.Append(rune.ToString());
            }
            else
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            }
        }

        return printable.ToString();
    }

    private static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
