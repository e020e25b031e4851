using System.Text;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>Quotes and splits command lines of a POSIX shell.</summary>
internal static class ShellWords
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,+@%";

    /// <summary>A command line that a shell splits into these words.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>One word, in single quotes if it needs them.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(Plain.Contains) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>The words of a command line with single quotes and backslashes, as libvirt writes it.</summary>
    public static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isWord = false;
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'')
            {
                isQuoted = !isQuoted;
                isWord = true;
            }
            else if (!isQuoted && char.IsWhiteSpace(text[i]))
            {
                Finish();
            }
            else
            {
                i += !isQuoted && text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
                word.Append(text[i]);
                isWord = true;
            }
        }

        Finish();
        return words;

        void Finish()
        {
            if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }
    }
}
