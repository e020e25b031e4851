using System.Text;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Finds the indentation around a position in a text.</summary>
internal static class TextLayout
{
    /// <summary>The white space directly before a tag, as written; empty if something other than a tag precedes it.</summary>
    public static string Before(string text, int tag)
    {
        var start = text.AsSpan(0, tag).TrimEnd(" \t\r\n").Length;
        return start == 0 || text[start - 1] == '>' ? text[start..tag] : "";
    }

    /// <summary>
    /// The last line break in white space and what follows it: the separator between two tags. Empty without a line break.
    /// </summary>
    public static string LineBreak(string space)
    {
        var feed = space.LastIndexOfAny(['\r', '\n']);
        if (feed < 0)
        {
            return "";
        }

        return feed > 0 && space[feed] == '\n' && space[feed - 1] == '\r' ? space[(feed - 1)..] : space[feed..];
    }

    /// <summary>The indentation that a deeper line adds to its parent's; two spaces if it cannot be determined.</summary>
    public static string Step(string parent, string child) =>
        parent.Length > 0 && child.Length > parent.Length && child.StartsWith(parent, StringComparison.Ordinal)
            ? child[parent.Length..]
            : "  ";
}

/// <summary>Replaces a part of a text. The rest stays unchanged to the character.</summary>
/// <param name="Start">The index of the first character.</param>
/// <param name="Length">The number of characters to replace; 0 inserts.</param>
/// <param name="Replacement">The new text.</param>
internal readonly record struct TextEdit(int Start, int Length, string Replacement)
{
    /// <summary>
    /// Applies all edits to a text; without edits it returns the same object, which need not be read again. The edits must not overlap. An
    /// edit that inserts comes before an edit that replaces at the same index.
    /// </summary>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        TextEdit[] all = [.. edits];
        if (all.Length == 0)
        {
            return text;
        }

        var result = new StringBuilder();
        var done = 0;
        foreach (var edit in all.OrderBy(edit => (edit.Start, edit.Length)))
        {
            result.Append(text, done, edit.Start - done).Append(edit.Replacement);
            done = edit.Start + edit.Length;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }
}
