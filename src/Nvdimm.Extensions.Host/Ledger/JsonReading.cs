using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// Reads the values of a JSON text one by one. Unknown, missing and doubled keys, wrong types and everything that RFC 8259 does not know
/// are refused with the line and the position. <c>Utf8JsonReader</c> knows no tolerance that would have to be taken back: <c>010</c> must not
/// become an offset of 8.
/// </summary>
internal sealed class JsonReading
{
    private const int MaximumDepth = 8;

    private readonly byte[] utf8;
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = MaximumDepth });
    private int consumed;
    private JsonTokenType token;
    private string? text;
    private long? number;
    private string key = "";

    private JsonReading(byte[] utf8) => this.utf8 = utf8;

    /// <summary>Reads one document to its end.</summary>
    /// <exception cref="RejectedJsonException">It is not the JSON that it should be.</exception>
    public static T Read<T>(byte[] utf8, Func<JsonReading, T> read)
    {
        try
        {
            var reading = new JsonReading(Utf8.IsValid(utf8) ? utf8 : throw RejectedJsonException.Damaged("it is not UTF-8"));
            reading.Next();
            var value = read(reading);
            return reading.Move() ? throw reading.Bad("there is more behind the end") : value;
        }
        catch (JsonException malformed)
        {
            // The message ends with the same place, counted from 0.
            var place = malformed.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            var what = place < 0 ? malformed.Message : malformed.Message[..place].TrimEnd('.');
            throw RejectedJsonException.Damaged($"{what} (line {malformed.LineNumber + 1}, position {malformed.BytePositionInLine + 1})", malformed);
        }
    }

    /// <summary>Reads an object that has each of these keys once and no other. Each calls its reader.</summary>
    public void Object(params ReadOnlySpan<(string Key, Action Read)> keys) => Object(optional: "", keys);

    /// <summary>The same for an object of which one key may be missing.</summary>
    public void Object(string optional, params ReadOnlySpan<(string Key, Action Read)> keys)
    {
        Require(JsonTokenType.StartObject, "an object");
        var seen = 0UL;
        for (Next(); token != JsonTokenType.EndObject; Next())
        {
            key = text!;
            var index = 0;
            while (index < keys.Length && keys[index].Key != key)
            {
                index++;
            }

            if (index == keys.Length || (seen & (1UL << index)) != 0)
            {
                throw Bad(index == keys.Length ? $"the key '{Shorten(key)}' is not known" : $"the key '{key}' stands twice");
            }

            seen |= 1UL << index;
            Next();
            keys[index].Read();
        }

        for (var index = 0; index < keys.Length; index++)
        {
            if ((seen & (1UL << index)) == 0 && keys[index].Key != optional)
            {
                throw Bad($"the key '{keys[index].Key}' is missing");
            }
        }
    }

    /// <summary>Reads an array.</summary>
    public ValueList<T> Array<T>(Func<T> item)
    {
        Require(JsonTokenType.StartArray, "an array");
        var items = new List<T>();
        for (Next(); token != JsonTokenType.EndArray; Next())
        {
            items.Add(item());
        }

        return items.ToValueList();
    }

    public string Text()
    {
        Require(JsonTokenType.String, "a text");
        return text!;
    }

    public string? TextOrNull() => token == JsonTokenType.Null ? null : Text();

    public long Number(long minimum = 0, long maximum = long.MaxValue)
    {
        Require(JsonTokenType.Number, "a whole number");
        return number is { } value && value >= minimum && value <= maximum ? value : throw Bad($"'{key}' is not a number from {minimum} to {maximum}");
    }

    public ByteSize Size() => ByteSize.FromBytes(Number());

    public Alignment Align() => Alignment.FromBytes(Number(minimum: 1));

    /// <summary>A time as <c>2026-01-31T12:00:00.0000000+00:00</c>.</summary>
    public DateTimeOffset Time() =>
        DateTimeOffset.TryParseExact(Text(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : throw Bad($"'{key}' is not a time");

    public DateTimeOffset? TimeOrNull() => token == JsonTokenType.Null ? null : Time();

    public Guid? UuidOrNull() => TextOrNull() switch
    {
        null => null,
        var text => Guid.TryParseExact(text, "D", out var uuid) ? uuid : throw Bad($"'{key}' is not a uuid"),
    };

    /// <summary>The value that the reader stands on, read by <paramref name="read"/>; null where it is null.</summary>
    public T? OrNull<T>(Func<T> read)
        where T : class => token == JsonTokenType.Null ? null : read();

    /// <summary>A rejection that says where: lines and positions, in bytes, from 1.</summary>
    public RejectedJsonException Bad(string reason)
    {
        var before = utf8.AsSpan(0, consumed);
        return RejectedJsonException.Damaged($"{reason} (line {before.Count((byte)'\n') + 1}, position {consumed - before.LastIndexOf((byte)'\n')})");
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : $"{text[..64]}…";

    private void Next()
    {
        if (!Move())
        {
            throw Bad("it ends too early");
        }
    }

    private bool Move()
    {
        var json = new Utf8JsonReader(utf8.AsSpan(consumed), isFinalBlock: true, state);
        if (!json.Read())
        {
            return false;
        }

        (token, state) = (json.TokenType, json.CurrentState);
        consumed += (int)json.BytesConsumed;
        text = token is JsonTokenType.String or JsonTokenType.PropertyName ? TextOf(json) : null;
        number = token == JsonTokenType.Number && json.TryGetInt64(out var whole) ? whole : null;
        return true;
    }

    private string TextOf(in Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException halfCharacter)
        {
            // An escape such as \ud800 stands for half a character.
            throw Bad(halfCharacter.Message);
        }
    }

    private void Require(JsonTokenType wanted, string expected)
    {
        if (token != wanted)
        {
            throw Bad($"'{key}' is not {expected}");
        }
    }
}
