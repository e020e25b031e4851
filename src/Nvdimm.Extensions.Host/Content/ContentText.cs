using System.Globalization;
using System.Text;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>Names and uuids in superblocks, which can contain any bytes.</summary>
internal static class ContentText
{
    /// <summary>A name in UTF-8 that ends at the first zero byte or with the field; see <see cref="Safe"/>.</summary>
    public static string? Utf8(ReadOnlySpan<byte> field) =>
        Safe(Encoding.UTF8.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field));

    /// <summary>A name in little-endian UTF-16 that ends at the first zero character or with the field; see <see cref="Safe"/>.</summary>
    public static string? Utf16(ReadOnlySpan<byte> field)
    {
        var text = Encoding.Unicode.GetString(field);
        return Safe(text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var end ? text[..end] : text);
    }

    /// <summary>The 16 bytes of a uuid in their order (RFC 9562); null if they are zeros or not present.</summary>
    public static string? Uuid(ReadOnlySpan<byte> field) =>
        field.Length == 16 && field.ContainsAnyExcept((byte)0) ? $"{new Guid(field, bigEndian: true):D}" : null;

    /// <summary>A uuid that a field contains as text.</summary>
    public static string? UuidText(ReadOnlySpan<byte> field) =>
        Utf8(field) is { } text && Guid.TryParse(text, out var uuid) ? $"{uuid:D}" : null;

    /// <summary>
    /// The text on one line without surrounding spaces. Control characters, characters that change the direction of text, and unassigned
    /// ones become U+FFFD. Null if nothing is left.
    /// </summary>
    private static string? Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            safe.Append((IsSafe(rune) ? rune : Rune.ReplacementChar).ToString());
        }

        return safe.ToString().Trim() is { Length: > 0 } name ? name : null;
    }

    private static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);
}
