using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nvdimm.Extensions.Serialization;

/// <summary>Writes a number of bytes as a JSON number; reads a number, or a text such as <c>"16GiB"</c>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="bytes">Returns the number of bytes of a value.</param>
internal abstract class BytesJsonConverter<T>(Func<T, long> bytes) : JsonConverter<T>
    where T : struct, IParsable<T>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">It is neither a number nor a text, or not a valid value.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        return T.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException(
                $"{(text is null ? "This" : $"'{text}'")} is no {typeof(T).Name}: "
                + "write a whole number of bytes, or a text such as \"16GiB\".");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(bytes(value));
}

/// <summary>Reads and writes an alignment.</summary>
internal sealed class AlignmentJsonConverter() : BytesJsonConverter<Alignment>(align => align.Bytes);

/// <summary>Reads and writes a size.</summary>
internal sealed class ByteSizeJsonConverter() : BytesJsonConverter<ByteSize>(size => size.Bytes);
