using Newtonsoft.Json;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>Reads the JSON of an answer.</summary>
internal static class WireReader
{
    /// <summary>The largest depth. The API nests fewer than ten levels deep, including links and followed links.</summary>
    private const int MaximumDepth = 32;

    /// <summary>Reads the whole document; <see cref="WireValue.Nothing"/> for an empty one.</summary>
    /// <exception cref="JsonException">The text is malformed or truncated, or another value follows.</exception>
    public static WireValue Read(TextReader text)
    {
        using var json = new JsonTextReader(text)
        {
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Decimal,
            MaxDepth = MaximumDepth,
        };
        if (!json.Read())
        {
            return WireValue.Nothing;
        }

        var value = Value(json);
        return json.Read() ? throw new JsonReaderException($"{json.TokenType} after the end of the document") : value;
    }

    private static WireValue Value(JsonTextReader json) => json.TokenType switch
    {
        JsonToken.StartObject => Members(json),
        JsonToken.StartArray => Items(json),
        JsonToken.Null or JsonToken.Undefined => WireValue.Nothing,
        JsonToken.String or JsonToken.Integer or JsonToken.Float or JsonToken.Boolean =>
            new WireValue(Convert.ToString(json.Value, System.Globalization.CultureInfo.InvariantCulture), null, null),
        _ => throw new JsonReaderException(
            $"{json.TokenType} where a value should be, line {json.LineNumber}, position {json.LinePosition}"),
    };

    private static WireValue Members(JsonTextReader json)
    {
        var members = new Dictionary<string, WireValue>(StringComparer.Ordinal);
        while (Next(json) != JsonToken.EndObject)
        {
            var name = (string)json.Value!;
            Next(json);
            members[name] = Value(json);
        }

        return new WireValue(null, members, null);
    }

    private static WireValue Items(JsonTextReader json)
    {
        var items = new List<WireValue>();
        while (Next(json) != JsonToken.EndArray)
        {
            items.Add(Value(json));
        }

        return new WireValue(null, null, items);
    }

    private static JsonToken Next(JsonTextReader json) =>
        json.Read() ? json.TokenType : throw new JsonReaderException("The document ends too early");
}
