namespace Nvdimm.Extensions.DomainXml;

/// <summary>How a text is indented around a place.</summary>
internal static class TextLayout
{
    /// <summary>The white space directly before a tag, as written; empty where something else than a tag is before it.</summary>
    public static string Before(string text, int tag)
    {
        var start = text.AsSpan(0, tag).TrimEnd(" \t\r\n").Length;
        return start == 0 || text[start - 1] == '>' ? text[start..tag] : "";
    }

    /// <summary>The last line break in white space with what follows it: what parts a tag from the one before. Empty without a line break.</summary>
    public static string LineBreak(string space)
    {
        var feed = space.LastIndexOfAny(['\r', '\n']);
        if (feed < 0)
        {
            return "";
        }

        return feed > 0 && space[feed] == '\n' && space[feed - 1] == '\r' ? space[(feed - 1)..] : space[feed..];
    }

    /// <summary>What a deeper line has beyond its parent's; two spaces where that cannot be seen.</summary>
    public static string Step(string parent, string child) =>
        parent.Length > 0 && child.Length > parent.Length && child.StartsWith(parent, StringComparison.Ordinal) ? child[parent.Length..] : "  ";
}
