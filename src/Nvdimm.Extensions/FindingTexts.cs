using System.Globalization;
using System.Text;

namespace Nvdimm.Extensions;

/// <summary>Formats the English texts of all codes.</summary>
public static class FindingTexts
{
    /// <summary>All codes that have a text, in ordinal order.</summary>
    public static IReadOnlyList<string> Codes => [.. EngineTexts.All.Keys.Concat(NvdimmTexts.All.Keys).Order(StringComparer.Ordinal)];

    /// <summary>The text of a code with placeholders such as <c>${device}</c>; null for an unknown code.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is null.</exception>
    public static string? Template(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return EngineTexts.All.GetValueOrDefault(code) ?? NvdimmTexts.All.GetValueOrDefault(code);
    }

    /// <summary>
    /// Formats a finding's text with its arguments. Before a number of bytes of 1,024 or more the size is inserted with a unit
    /// (<see cref="ByteSize.ToString()"/>): <c>250 MiB = 262144000 bytes</c>. A placeholder without an argument stays as it is. For an
    /// unknown code the result is the code and the arguments.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is null.</exception>
    public static string Format(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Template(finding.Code) is { } template ? Fill(template, finding) : $"{finding.Code} {finding.Arguments}";
    }

    private static string Fill(string template, Finding finding)
    {
        var text = new StringBuilder(template.Length * 2);
        var rest = template.AsSpan();
        for (int start; (start = rest.IndexOf("${")) >= 0;)
        {
            var length = rest[start..].IndexOf('}') + 1;
            var placeholder = rest.Slice(start, length);
            var value = finding[placeholder[2..^1].ToString()] ?? placeholder.ToString();
            text.Append(rest[..start]);
            rest = rest[(start + length)..];
            var isSize = rest.StartsWith(" bytes", StringComparison.Ordinal);
            text.Append(rest is ['.', ..] ? WithoutStop(value) : isSize ? WithUnit(value) : value);
        }

        return text.Append(rest).ToString();
    }

    private static string WithUnit(string bytes) =>
        long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1024
            ? $"{ByteSize.FromBytes(number)} = {bytes}"
            : bytes;

    /// <summary>Removes the full stop of a system message, since the text adds one.</summary>
    private static string WithoutStop(string text) =>
        text.EndsWith('.') && !text.EndsWith("..", StringComparison.Ordinal) ? text[..^1] : text;
}
