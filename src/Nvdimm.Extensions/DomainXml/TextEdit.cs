using System.Text;

namespace Nvdimm.Extensions.DomainXml;

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
