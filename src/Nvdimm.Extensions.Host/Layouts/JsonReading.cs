using System.Globalization;
using System.Text;
using Newtonsoft.Json;

namespace Nvdimm.Extensions.Host.Layouts;

/// <summary>
/// Reads the values of a JSON text one by one. Unknown, missing and doubled keys, wrong types and everything that RFC 8259 does not know
/// are refused with the line and the position.
/// </summary>
internal sealed class JsonReading : IDisposable
{
    private const int MaximumDepth = 8;

    private readonly JsonTextReader json;

    private JsonReading(string text) => json = new JsonTextReader(new StringReader(text))
    {
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Decimal,
        MaxDepth = MaximumDepth,
    };

    /// <summary>Reads one document to its end.</summary>
    /// <exception cref="RejectedJsonException">It is not the JSON that it should be.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, Func<JsonReading, T> read)
    {
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(utf8);
            JsonGrammar.Check(text);
            using var reading = new JsonReading(text);
            reading.Next();
            var value = read(reading);
            return reading.json.Read() ? throw reading.Bad("there is more behind the end") : value;
        }
        catch (JsonReaderException malformed)
        {
            throw RejectedJsonException.Damaged(malformed.Message, malformed);
        }
        catch (DecoderFallbackException notUtf8)
        {
            throw RejectedJsonException.Damaged("it is not UTF-8", notUtf8);
        }
    }

    /// <summary>Reads an object that has each of these keys once and no other. Each calls its reader.</summary>
    public void Object(params IReadOnlyList<(string Key, Action Read)> keys)
    {
        Require(JsonToken.StartObject, "an object");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (Next(); json.TokenType != JsonToken.EndObject; Next())
        {
            var key = (string)json.Value!;
            var known = keys.FirstOrDefault(known => string.Equals(known.Key, key, StringComparison.Ordinal));
            if (known.Read is null || !seen.Add(key))
            {
                throw Bad(known.Read is null ? $"the key '{Shorten(key)}' is not known" : $"the key '{key}' stands twice");
            }

            Next();
            known.Read();
        }

        if (keys.FirstOrDefault(known => !seen.Contains(known.Key)) is { Key: { } missing })
        {
            throw Bad($"the key '{missing}' is missing");
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

    public string Text()
    {
        Require(JsonToken.String, "a text");
        return (string)json.Value!;
    }

    public string? TextOrNull() => json.TokenType == JsonToken.Null ? null : Text();

    public long Number(long minimum = 0)
    {
        Require(JsonToken.Integer, "a whole number");
        return json.Value is long number && number >= minimum ? number : throw Bad($"'{json.Path}' is not a number from {minimum} to {long.MaxValue}");
    }

    public ByteSize Size() => ByteSize.FromBytes(Number());

    public Alignment Align() => Alignment.FromBytes(Number(minimum: 1));

    /// <summary>A time as <c>2026-01-31T12:00:00.0000000+00:00</c>.</summary>
    public DateTimeOffset Time() =>
        DateTimeOffset.TryParseExact(Text(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : throw Bad($"'{json.Path}' is not a time");

    public DateTimeOffset? TimeOrNull() => json.TokenType == JsonToken.Null ? null : Time();

    public Guid? UuidOrNull() => TextOrNull() switch
    {
        null => null,
        var text => Guid.TryParseExact(text, "D", out var uuid) ? uuid : throw Bad($"'{json.Path}' is not a uuid"),
    };

    /// <summary>The value that the reader stands on, read by <paramref name="read"/>; null where it is null.</summary>
    public T? OrNull<T>(Func<T> read)
        where T : class => json.TokenType == JsonToken.Null ? null : read();

    public RejectedJsonException Bad(string reason) => RejectedJsonException.Damaged($"{reason} (line {json.LineNumber}, position {json.LinePosition})");

    public void Dispose() => ((IDisposable)json).Dispose();

    private static string Shorten(string text) => text.Length <= 64 ? text : $"{text[..64]}…";

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
            throw Bad($"'{json.Path}' is not {expected}");
        }
    }
}
