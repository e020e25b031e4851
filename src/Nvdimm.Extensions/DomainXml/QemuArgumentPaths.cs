using System.Globalization;
using System.Text;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// Finds the files that an argument of QEMU names, whatever it names them for, in all notations of QEMU. A text that only may be a path counts: it
/// leads to a device or to nothing, and a device that nobody sees would be given away twice.
/// </summary>
internal static class QemuArgumentPaths
{
    private const string NestedJson = "json:";

    /// <summary>
    /// Every absolute path that is a whole argument, the value of an option in it, or a string in its JSON, with what is before it
    /// (<c>mem-path=</c>, or <c>-mem-path </c> for the argument before).
    /// </summary>
    /// <param name="argument">The argument.</param>
    /// <param name="previous">The argument before it; empty for none.</param>
    public static IEnumerable<(string Key, string Path)> In(string argument, string previous = "") =>
        argument.TrimStart().StartsWith('{') && InJson(argument) is { Count: > 0 } found
            ? found
            : Options(argument).SelectMany((option, index) => InOption(option, index == 0 && previous.StartsWith('-') ? previous + " " : ""));

    private static IEnumerable<(string Key, string Path)> InOption(string option, string previous)
    {
        var equals = option.StartsWith('/') ? -1 : option.IndexOf('=', StringComparison.Ordinal);
        var key = equals < 0 ? previous : option[..(equals + 1)];
        return InValue(option[(equals + 1)..])
            .Concat(equals < 0 ? [] : BehindColons(option[..equals], option))
            .Distinct(StringComparer.Ordinal)
            .Select(path => (key, path));
    }

    /// <summary>
    /// A path; what is behind a protocol (<c>file:/dev/pmem0</c>, QEMU v7.2.0 <c>block.c</c>, bdrv_find_protocol); a path from the root folder, in
    /// which libvirt starts QEMU (<c>dev/pmem0</c>); and the paths in the JSON behind <c>json:</c>.
    /// </summary>
    private static IEnumerable<string> InValue(string value) =>
        value.StartsWith(NestedJson, StringComparison.Ordinal) ? InJson(value[NestedJson.Length..]).Select(found => found.Path)
        : value.StartsWith('/') ? BehindColons(value, value).Prepend(value)
        : value.Contains(':', StringComparison.Ordinal) ? BehindColons(value, value)
        : value.Contains('/', StringComparison.Ordinal) ? ["/" + value]
        : [];

    /// <summary>What begins with a slash behind a colon of a text, up to the end of the whole.</summary>
    private static IEnumerable<string> BehindColons(string text, string whole)
    {
        for (var colon = text.IndexOf(":/", StringComparison.Ordinal); colon >= 0; colon = text.IndexOf(":/", colon + 1, StringComparison.Ordinal))
        {
            yield return whole[(colon + 1)..];
        }
    }

    /// <summary>The options between commas; two commas are one in a value (QEMU v7.2.0 <c>util/qemu-option.c</c>, get_opt_value).</summary>
    private static IEnumerable<string> Options(string argument)
    {
        var option = new StringBuilder();
        for (var i = 0; i < argument.Length; i++)
        {
            if (argument[i] != ',')
            {
                option.Append(argument[i]);
            }
            else if (i + 1 < argument.Length && argument[i + 1] == ',')
            {
                option.Append(',');
                i++;
            }
            else
            {
                yield return option.ToString();
                option.Clear();
            }
        }

        yield return option.ToString();
    }

    /// <summary>
    /// The paths in the strings of a JSON text, under whatever key and however deep. QEMU also takes strings in single quotes (QEMU v7.2.0
    /// <c>qobject/json-lexer.c</c>), so this is no reader of JSON but one of strings: what QEMU would refuse around them does not matter.
    /// </summary>
    private static List<(string Key, string Path)> InJson(string text)
    {
        var found = new List<(string Key, string Path)>();
        var key = "";
        for (var start = text.AsSpan().IndexOfAny('"', '\''); start >= 0;)
        {
            if (StringAt(text, start) is not (var value, var end))
            {
                break;
            }

            if (text.AsSpan(end).TrimStart().StartsWith(":"))
            {
                key = $"{value}=";
            }
            else
            {
                found.AddRange(InValue(value).Select(path => (key, path)));
            }

            var next = text.AsSpan(end).IndexOfAny('"', '\'');
            start = next < 0 ? next : end + next;
        }

        return found;
    }

    /// <summary>The string that begins with a quote, and where the text goes on behind it; null where it does not end.</summary>
    private static (string Value, int End)? StringAt(string text, int start)
    {
        var value = new StringBuilder();
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == text[start])
            {
                return (value.ToString(), at + 1);
            }

            if (text[at] != '\\' || at + 1 == text.Length)
            {
                value.Append(text[at]);
            }
            else if (text[++at] == 'u' && at + 4 < text.Length
                && ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                value.Append((char)unit);
                at += 4;
            }
            else
            {
                value.Append(text[at] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
            }
        }

        return null;
    }
}
