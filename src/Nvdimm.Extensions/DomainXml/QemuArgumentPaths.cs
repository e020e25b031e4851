using System.Text;
using System.Text.Json;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Finds the files that an argument of QEMU names.</summary>
internal static class QemuArgumentPaths
{
    // QEMU v7.2.0 block.c, bdrv_parse_filename: a protocol before the file.
    private static readonly string[] Protocols = ["file:", "host_device:"];

    /// <summary>
    /// Every absolute path that is a whole argument, the value of an option in it, or a string in its JSON, with what is before it
    /// (<c>mem-path=</c>, or <c>-mem-path </c> for the argument before).
    /// </summary>
    /// <param name="argument">The argument.</param>
    /// <param name="previous">The argument before it; empty for none.</param>
    public static IEnumerable<(string Key, string Path)> In(string argument, string previous) => argument.TrimStart().StartsWith('{')
        ? InJson(argument)
        : Options(argument).SelectMany((option, index) => InOption(option, index == 0 && previous.StartsWith('-') ? previous + " " : ""));

    private static IEnumerable<(string Key, string Path)> InOption(string option, string previous)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        if (PathOf(option) is { } whole)
        {
            yield return (previous, whole);
        }
        else if (equals >= 0 && PathOf(option[(equals + 1)..]) is { } value)
        {
            yield return (option[..(equals + 1)], value);
        }
    }

    private static string? PathOf(string text)
    {
        var protocol = Array.Find(Protocols, protocol => text.StartsWith(protocol, StringComparison.Ordinal)) ?? "";
        return text.AsSpan(protocol.Length).StartsWith("/") ? text[protocol.Length..] : null;
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

    /// <summary>The paths up to where the text is no JSON any more, which QEMU refuses.</summary>
    private static List<(string Key, string Path)> InJson(string argument)
    {
        var found = new List<(string Key, string Path)>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(argument), new JsonReaderOptions { MaxDepth = DomainXmlText.MaximumDepth });
        var key = "";
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    key = reader.GetString()!;
                }
                else if (reader.TokenType == JsonTokenType.String && PathOf(reader.GetString()!) is { } path)
                {
                    found.Add(($"{key}=", path));
                }
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return found;
        }

        return found;
    }
}
