using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Reads a JSON text value by value. Refuses unknown, missing and duplicate keys, wrong types and everything outside RFC 8259, with the
/// line and the position. <c>Utf8JsonReader</c> is strict by default: <c>010</c> must not become an offset of 8.
/// </summary>
internal sealed class JsonReading
{
    /// <summary>The key of the format's version, which comes first.</summary>
    public const string VersionKey = "schemaVersion";

    private const int MaximumDepth = 8;

    private readonly byte[] utf8;
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = MaximumDepth });
    private int consumed;
    private JsonTokenType token;
    private string? text;
    private long? number;
    private string key = "";
    private long version;

    private JsonReading(byte[] utf8) => this.utf8 = utf8;

    /// <summary>Reads exactly one document.</summary>
    /// <exception cref="RejectedJsonException">The text is not the expected JSON.</exception>
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
            // The message ends with the same position, counted from 0.
            var place = malformed.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            var what = place < 0 ? malformed.Message : malformed.Message[..place].TrimEnd('.');
            throw RejectedJsonException.Damaged(
                $"{what} (line {malformed.LineNumber + 1}, position {malformed.BytePositionInLine + 1})", malformed);
        }
    }

    /// <summary>Reads an object that has each of these keys once and no other. Calls the reader of each key.</summary>
    public void Object(params ReadOnlySpan<(string Key, Action Read)> keys) => ObjectOf(optional: "", keys);

    /// <summary>As above; the key <paramref name="optional"/> may be missing.</summary>
    public void ObjectOf(string optional, params ReadOnlySpan<(string Key, Action Read)> keys)
    {
        StartObject();
        var seen = 0UL;
        while (NextKey())
        {
            var index = 0;
            while (index < keys.Length && keys[index].Key != key)
            {
                index++;
            }

            if (index == keys.Length)
            {
                throw Unknown();
            }

            See(ref seen, index);
            keys[index].Read();
        }

        for (var index = 0; index < keys.Length; index++)
        {
            if (keys[index].Key != optional)
            {
                RequireSeen(seen, index, keys[index].Key);
            }
        }
    }

    /// <summary>Reads an object that has each field of the last read version (<see cref="Versioned"/>) once, and no other.</summary>
    /// <param name="fields">The fields of all versions.</param>
    /// <param name="part">The value that the fields are added to.</param>
    public T Object<T>(JsonField<T>[] fields, T part)
    {
        StartObject();
        return NextKey() ? Fields(fields, part) : Complete(fields, part, seen: 0);
    }

    /// <summary>As above, for an object that begins with the version of the format, <c>schemaVersion</c>.</summary>
    /// <param name="fields">The fields of all versions.</param>
    /// <param name="part">The value that the fields are added to.</param>
    /// <param name="newest">The newest version that is known.</param>
    /// <exception cref="RejectedJsonException">The object is another one, or of a newer version.</exception>
    public T Versioned<T>(JsonField<T>[] fields, T part, long newest)
    {
        StartObject();
        if (!NextKey())
        {
            throw Bad($"the key '{VersionKey}' is missing");
        }

        if (key != VersionKey)
        {
            throw Bad($"'{Shorten(key)}' stands before '{VersionKey}'");
        }

        var read = Number(minimum: 1);
        if (read > newest)
        {
            throw RejectedJsonException.Newer(read, newest);
        }

        version = read;
        return NextKey() ? Fields(fields, part) : Complete(fields, part, seen: 0);
    }

    /// <summary>Reads from the value of the first key to the end of the object.</summary>
    private T Fields<T>(JsonField<T>[] fields, T part)
    {
        var seen = 0UL;
        do
        {
            var index = 0;
            while (index < fields.Length && fields[index].Name != key)
            {
                index++;
            }

            if (index == fields.Length || fields[index].Since > version)
            {
                throw key == VersionKey ? DuplicateKey() : Unknown();
            }

            See(ref seen, index);
            part = fields[index].Read(this, part);
        }
        while (NextKey());

        return Complete(fields, part, seen);
    }

    private T Complete<T>(JsonField<T>[] fields, T part, ulong seen)
    {
        for (var index = 0; index < fields.Length; index++)
        {
            if (fields[index].Since <= version)
            {
                RequireSeen(seen, index, fields[index].Name);
            }
        }

        return part;
    }

    private void StartObject() => Require(JsonTokenType.StartObject, "an object");

    /// <summary>Moves to the value of the next key; returns false at the end of the object.</summary>
    private bool NextKey()
    {
        Next();
        if (token == JsonTokenType.EndObject)
        {
            return false;
        }

        key = text!;
        Next();
        return true;
    }

    private void See(ref ulong seen, int index)
    {
        if ((seen & (1UL << index)) != 0)
        {
            throw DuplicateKey();
        }

        seen |= 1UL << index;
    }

    private void RequireSeen(ulong seen, int index, string name)
    {
        if ((seen & (1UL << index)) == 0)
        {
            throw Bad($"the key '{name}' is missing");
        }
    }

    private RejectedJsonException Unknown() => Bad($"the key '{Shorten(key)}' is not known");

    private RejectedJsonException DuplicateKey() => Bad($"the key '{key}' stands twice");

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
        return number is { } value && value >= minimum && value <= maximum
            ? value
            : throw Bad($"'{key}' is not a number from {minimum} to {maximum}");
    }

    public long? NumberOrNull() => token == JsonTokenType.Null ? null : Number();

    public ByteSize Size() => ByteSize.FromBytes(Number());

    public Alignment Align() => Alignment.FromBytes(Number(minimum: 1));

    /// <summary>A time as <c>2026-01-31T12:00:00.0000000+00:00</c>.</summary>
    public DateTimeOffset Time() =>
        DateTimeOffset.TryParseExact(Text(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw Bad($"'{key}' is not a time");

    public DateTimeOffset? TimeOrNull() => token == JsonTokenType.Null ? null : Time();

    public Guid Uuid() => Guid.TryParseExact(Text(), "D", out var uuid) ? uuid : throw Bad($"'{key}' is not a uuid");

    public Guid? UuidOrNull() => token == JsonTokenType.Null ? null : Uuid();

    /// <summary>The value at the reader's position, read by <paramref name="read"/>; null if it is null.</summary>
    public T? OrNull<T>(Func<T> read)
        where T : class => token == JsonTokenType.Null ? null : read();

    /// <summary>A rejection with the line and the position in bytes, both from 1.</summary>
    public RejectedJsonException Bad(string reason)
    {
        var before = utf8.AsSpan(0, consumed);
        return RejectedJsonException.Damaged(
            $"{reason} (line {before.Count((byte)'\n') + 1}, position {consumed - before.LastIndexOf((byte)'\n')})");
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
