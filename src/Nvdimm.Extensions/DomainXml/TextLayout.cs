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
