using Newtonsoft.Json;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>
/// Parses the options of a QEMU command line, in both notations: <c>type,key=value</c>, and the JSON of libvirt from 8.0 on.
/// </summary>
internal static class QemuArguments
{
    /// <summary>The values of each option of a type. JSON values other than strings, numbers and booleans are left out.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="option">The option, such as <c>-object</c>.</param>
    /// <param name="typeKey">The key of the type in JSON: <c>qom-type</c> or <c>driver</c>.</param>
    /// <param name="type">The type, such as <c>memory-backend-file</c>.</param>
    /// <exception cref="JsonReaderException">A JSON value is malformed.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Of(
        IReadOnlyList<string> words, string option, string typeKey, string type) =>
        Enumerable.Range(0, Math.Max(words.Count - 1, 0))
            .Where(index => words[index] == option)
            .Select(index => words[index + 1].StartsWith('{') ? FromJson(words[index + 1]) : FromKeys(words[index + 1], typeKey))
            .Where(values => values.GetValueOrDefault(typeKey) == type);

    // QEMU v7.2.0 util/keyval.c and util/qemu-option.c: a comma in a value is doubled.
    private static Dictionary<string, string> FromKeys(string text, string typeKey)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Replace(",,", "\0", StringComparison.Ordinal).Split(',').Select(part => part.Replace('\0', ',')))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 && values.Count == 0 ? typeKey : part[..Math.Max(equals, 0)];
            values[key] = part[(equals + 1)..];
        }

        return values;
    }

    private static Dictionary<string, string> FromJson(string text)
    {
        using var json = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 8 };
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var key = "";
        while (json.Read())
        {
            if (json.Depth == 1 && json is { TokenType: JsonToken.PropertyName, Value: string name })
            {
                key = name;
            }
            else if (json.Depth == 1 && json.Value is IFormattable or string)
            {
                values[key] = json.Value is IFormattable value ? value.ToString(null, null) : (string)json.Value!;
            }
        }

        return values;
    }
}
