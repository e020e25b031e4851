using System.Text;
using Spectre.Console.Rendering;

namespace Nvdimm.Cli.Terminal;

/// <summary>
/// Breaks text into lines. A word is never broken: a number, name, path or code wider than the line gets its own line. A size stays with
/// its unit.
/// </summary>
internal static class TextLines
{
    /// <summary>The width of a text in terminal columns: some characters take two, some none.</summary>
    public static int WidthOf(string text) => text.Length == 0 ? 0 : new Segment(text).CellCount();

    /// <summary>Wraps a text between words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The width of a line in columns.</param>
    /// <param name="indent">The indentation of the first line.</param>
    /// <param name="hanging">The indentation of the other lines.</param>
    public static IEnumerable<string> Wrap(string text, int width, int indent, int hanging) =>
        Lines(WordsOf(text), width, new string(' ', indent), new string(' ', hanging), "");

    /// <summary>Wraps a command line between words, with a backslash at the end of each line but the last.</summary>
    /// <param name="command">The command.</param>
    /// <param name="width">The width of a line in columns.</param>
    /// <param name="indent">The indentation of the first line; the others get two columns more.</param>
    public static IEnumerable<string> WrapCommand(string command, int width, int indent) =>
        Lines(ShellWordsOf(command), width, new string(' ', indent), new string(' ', indent + 2), " \\");

    private static IEnumerable<string> Lines(IEnumerable<string> words, int width, string indent, string hanging, string continued)
    {
        var line = new StringBuilder(indent);
        var used = indent.Length;
        var isEmpty = true;
        foreach (var word in words)
        {
            var needed = WidthOf(word);
            if (!isEmpty && used + 1 + needed + continued.Length > width)
            {
                yield return line.Append(continued).ToString();
                line.Clear().Append(hanging);
                used = hanging.Length;
                isEmpty = true;
            }

            if (!isEmpty)
            {
                line.Append(' ');
                used++;
            }

            line.Append(word);
            used += needed;
            isEmpty = false;
        }

        yield return line.ToString();
    }

    /// <summary>The words of a text; a number and its unit count as one word.</summary>
    private static IEnumerable<string> WordsOf(string text)
    {
        string? number = null;
        foreach (var word in text.Split(' '))
        {
            if (number is not null && IsUnit(word))
            {
                yield return $"{number} {word}";
                number = null;
                continue;
            }

            if (number is not null)
            {
                yield return number;
            }

            number = word.Length > 0 && char.IsAsciiDigit(word[^1]) ? word : null;
            if (number is null)
            {
                yield return word;
            }
        }

        if (number is not null)
        {
            yield return number;
        }
    }

    /// <summary>Whether a word is a unit of size, possibly followed by punctuation.</summary>
    private static bool IsUnit(string word) =>
        word.TrimEnd('.', ',', ';', ':', ')') is "B" or "bytes" or "KiB" or "MiB" or "GiB" or "TiB" or "PiB" or "EiB";

    /// <summary>The words of a command line; spaces between single quotes do not separate words.</summary>
    private static IEnumerable<string> ShellWordsOf(string command)
    {
        var word = new StringBuilder();
        var isQuoted = false;
        foreach (var character in command)
        {
            isQuoted ^= character == '\'';
            if (character == ' ' && !isQuoted)
            {
                yield return word.ToString();
                word.Clear();
            }
            else
            {
                word.Append(character);
            }
        }

        yield return word.ToString();
    }
}
