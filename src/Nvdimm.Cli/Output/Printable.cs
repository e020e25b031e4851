using System.Globalization;
using System.Text;

namespace Nvdimm.Cli.Output;

/// <summary>Text from elsewhere for people: a namespace's name can hold any bytes, also those that steer a terminal.</summary>
internal static class Printable
{
    /// <summary>The text on one line; control and formatting characters as <c>\u001B</c>.</summary>
    public static string Text(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsSafe(rune))
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
