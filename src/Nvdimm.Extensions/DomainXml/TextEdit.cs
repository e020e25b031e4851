using System.Text;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>A part of a text that is replaced. All the rest stays, to the character.</summary>
/// <param name="Start">The first character.</param>
/// <param name="Length">How many; 0 only inserts.</param>
/// <param name="Replacement">What stands there instead.</param>
internal readonly record struct TextEdit(int Start, int Length, string Replacement)
{
    /// <summary>The text with all edits made; without any, the text itself, which need not be read again. They do not overlap; one that only inserts goes before one that replaces from the same character on.</summary>
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
