using System.Globalization;
using System.Text;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// Finds the files that a QEMU argument names, for any purpose and in every notation of QEMU. A text that may be a path counts as one: a
/// wrong path does no harm, but a missed device would be given to two guests.
/// </summary>
internal static class QemuArgumentPaths
{
    private const string NestedJson = "json:";

    /// <summary>
    /// Returns every absolute path that is a whole argument, the value of an option in it, or a string in its JSON, with the text before it
    /// (<c>mem-path=</c>, or <c>-mem-path </c> if it is the argument before).
    /// </summary>
    /// <param name="argument">The argument.</param>
    /// <param name="previous">The argument before it; empty for none.</param>
    public static IEnumerable<(string Key, string Path)> In(string argument, string previous = "") =>
        argument.TrimStart().StartsWith('{') && InJson(argument) is { Count: > 0 } inJson
            ? inJson
            : Options(argument).SelectMany((option, index) =>
                InOption(option, index == 0 && previous.StartsWith('-') ? previous + " " : ""));

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
    /// The paths in a value: a path; the text after a protocol (<c>file:/dev/pmem0</c>, QEMU v7.2.0 <c>block.c</c>, bdrv_find_protocol); a
    /// path relative to the root folder, in which libvirt starts QEMU (<c>dev/pmem0</c>); and the paths in the JSON after <c>json:</c>.
    /// </summary>
    private static IEnumerable<string> InValue(string value) =>
        value.StartsWith(NestedJson, StringComparison.Ordinal) ? InJson(value[NestedJson.Length..]).Select(pair => pair.Path)
        : value.StartsWith('/') ? BehindColons(value, value).Prepend(value)
        : value.Contains(':', StringComparison.Ordinal) ? BehindColons(value, value)
        : value.Contains('/', StringComparison.Ordinal) ? ["/" + value]
        : [];

    /// <summary>Each text that begins with a slash after a colon, up to the end of the whole.</summary>
    private static IEnumerable<string> BehindColons(string text, string whole)
    {
        for (var colon = text.IndexOf(":/", StringComparison.Ordinal);
            colon >= 0;
            colon = text.IndexOf(":/", colon + 1, StringComparison.Ordinal))
        {
            yield return whole[(colon + 1)..];
        }
    }

    /// <summary>
    /// The options between commas. Two commas are one comma in a value (QEMU v7.2.0 <c>util/qemu-option.c</c>, get_opt_value).
    /// </summary>
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
    /// The paths in the strings of a JSON text, at any key and depth. QEMU also accepts strings in single quotes (QEMU v7.2.0
    /// <c>qobject/json-lexer.c</c>), so this method reads only strings, not JSON; whether QEMU would refuse the text around them does not
    /// matter.
    /// </summary>
    private static List<(string Key, string Path)> InJson(string text)
    {
        var paths = new List<(string Key, string Path)>();
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
                paths.AddRange(InValue(value).Select(path => (key, path)));
            }

            var next = text.AsSpan(end).IndexOfAny('"', '\'');
            start = next < 0 ? next : end + next;
        }

        return paths;
    }

    /// <summary>The string that begins at a quote, and the index after it; null if the string does not end.</summary>
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
