using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Cli.Input;

/// <summary>
/// Reads a JSON file value by value. Refuses unknown and duplicate keys, wrong types and everything outside RFC 8259, with the key, the
/// line and the position.
/// </summary>
internal sealed class StrictJsonReader : IDisposable
{
    private const int MaximumCharacters = 16 << 20;
    private const int MaximumTokenCharacters = 64 << 10;
    private const int MaximumDepth = 16;

    private readonly string name;
    private readonly JsonTextReader json;

    private StrictJsonReader(Stream utf8, string name)
    {
        this.name = name;
        var text = new StreamReader(
            utf8, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        json = new JsonTextReader(new StrictJsonText(text, MaximumCharacters))
        {
            ArrayPool = new TokenBuffers(MaximumTokenCharacters),
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Decimal,
            MaxDepth = MaximumDepth,
        };
    }

    /// <summary>Reads exactly one document.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="name">The name of the file in messages.</param>
    /// <param name="read">Reads the top-level value.</param>
    /// <exception cref="BadInputException">The text is not the expected JSON.</exception>
    public static T Read<T>(Stream utf8, string name, Func<StrictJsonReader, T> read)
    {
        using var reader = new StrictJsonReader(utf8, name);
        try
        {
            reader.Next();
            var value = read(reader);
            return reader.json.Read() ? throw reader.Bad("there is more behind the end") : value;
        }
        catch (RejectedInputException rejected)
        {
            var finding = rejected.Finding;
            throw new BadInputException($"{name}: {finding["detail"]} (line {finding["line"]}, position {finding["position"]})", rejected);
        }
        catch (TokenTooLongException tooLong)
        {
            throw reader.Bad($"a text of more than {MaximumTokenCharacters / 2} characters", tooLong);
        }
        catch (JsonReaderException malformed)
        {
            throw new BadInputException($"{name}: {malformed.Message}", malformed);
        }
        catch (DecoderFallbackException notUtf8)
        {
            throw reader.Bad("it is not UTF-8", notUtf8);
        }
    }

    /// <summary>Reads an object and calls the reader of each key.</summary>
    /// <param name="required">The required key; null if none is required.</param>
    /// <param name="keys">The allowed keys, each with its reader.</param>
    public void Object(string? required, params IReadOnlyList<(string Key, Action Read)> keys)
    {
        Require(JsonToken.StartObject, "an object");
        var place = json.Path;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (Next(); json.TokenType != JsonToken.EndObject; Next())
        {
            var key = (string)json.Value!;
            var index = keys.Select(entry => entry.Key).ToList().IndexOf(key);
            if (index < 0)
            {
                throw Bad($"the key '{key}' is not known here; known are {string.Join(", ", keys.Select(entry => entry.Key))}");
            }

            if (!seen.Add(key))
            {
                throw Bad($"the key '{key}' stands twice");
            }

            Next();
            keys[index].Read();
        }

        if (required is not null && !seen.Contains(required))
        {
            throw Bad($"'{place}' has no '{required}'");
        }
    }

    /// <summary>Reads an array.</summary>
    public ValueList<T> Array<T>(Func<T> item)
    {
        Require(JsonToken.StartArray, "an array");
        var items = new List<T>();
        for (Next(); json.TokenType != JsonToken.EndArray; Next())
        {
            items.Add(item());
        }

        return items.ToValueList();
    }

    /// <summary>Reads a string that is not empty.</summary>
    public string Text()
    {
        Require(JsonToken.String, "a text");
        return json.Value is string { Length: > 0 } text ? text : throw Bad($"'{json.Path}' is empty");
    }

    /// <summary>Reads true or false.</summary>
    public bool Flag()
    {
        Require(JsonToken.Boolean, "true or false");
        return (bool)json.Value!;
    }

    /// <summary>Reads a whole number from 0 to 2^31 - 1.</summary>
    public int Number()
    {
        Require(JsonToken.Integer, "a whole number");
        return json.Value is long number and >= 0 and <= int.MaxValue
            ? (int)number
            : throw Bad($"'{json.Path}' is {Value}, not a number from 0 to {int.MaxValue}");
    }

    /// <summary>Reads a number of bytes, or a string such as <c>16GiB</c>.</summary>
    public ByteSize Size() => json switch
    {
        { TokenType: JsonToken.Integer, Value: long and >= 0 and var bytes } => ByteSize.FromBytes(bytes),
        { TokenType: JsonToken.String, Value: string text } when ByteSize.TryParse(text, out var size) => size,
        _ => throw Bad($"'{json.Path}' is {Value}, not a size: bytes from 0 to 2^63-1, or a text such as \"16GiB\""),
    };

    /// <summary>Reads a uuid, or null.</summary>
    public Guid? Uuid() => json switch
    {
        { TokenType: JsonToken.Null } => null,
        { TokenType: JsonToken.String, Value: string text } when Guid.TryParseExact(text, "D", out var uuid) => uuid,
        _ => throw Bad($"'{json.Path}' is {Value}, not a uuid or null"),
    };

    /// <summary>Reads one of several words.</summary>
    public T Word<T>(IReadOnlyDictionary<string, T> words) =>
        json is { TokenType: JsonToken.String, Value: string text } && words.TryGetValue(text, out var value)
            ? value
            : throw Bad($"'{json.Path}' is {Value}, not one of {string.Join(", ", words.Keys)}");

    /// <summary>An exception with the reason and the current line and position.</summary>
    public BadInputException Bad(string reason, Exception? inner = null) =>
        new($"{name}: {reason} (line {json.LineNumber}, position {json.LinePosition})", inner);

    /// <summary>The path of the current value, such as <c>vm.numaNodes[0]</c>.</summary>
    public string Path => json.Path;

    /// <inheritdoc/>
    public void Dispose() => ((IDisposable)json).Dispose();

    private string Value => json.TokenType switch
    {
        JsonToken.StartObject => "an object",
        JsonToken.StartArray => "an array",
        JsonToken.Null => "null",
        _ => $"'{Convert.ToString(json.Value, CultureInfo.InvariantCulture)}'",
    };

    private void Next()
    {
        if (!json.Read())
        {
            throw Bad("it ends too early");
        }
    }

    private void Require(JsonToken token, string expected)
    {
        if (json.TokenType != token)
        {
            throw Bad($"{(json.Path.Length == 0 ? "it" : $"'{json.Path}'")} is {Value}, not {expected}");
        }
    }
}
