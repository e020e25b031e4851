using System.Globalization;
using System.Text.Json;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>The data segments in the JSON of LUKS2 (on-disk format specification 1.1.1, 3.3).</summary>
internal static class LuksSegments
{
    private const int Depth = 16;

    /// <summary>The end of the last segment.</summary>
    /// <param name="area">The JSON, followed by zeros.</param>
    /// <returns>The end; null if a segment takes what there is (<c>"size": "dynamic"</c>), or if it is not such JSON.</returns>
    public static ByteSize? EndIn(ReadOnlySpan<byte> area)
    {
        var reader = new Utf8JsonReader(
            area.IndexOf((byte)0) is >= 0 and var end ? area[..end] : area, new JsonReaderOptions { MaxDepth = Depth });
        try
        {
            return Read(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ByteSize? Read(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("segments"u8))
            {
                return ReadSegments(ref reader);
            }
        }

        return null;
    }

    private static ByteSize? ReadSegments(ref Utf8JsonReader reader)
    {
        var last = 0L;
        var (offset, size) = ((long?)null, (long?)null);
        reader.Read();
        while (reader.Read() && reader.CurrentDepth > 1)
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 3 })
            {
                var isOffset = reader.ValueTextEquals("offset"u8);
                var isSize = reader.ValueTextEquals("size"u8);
                reader.Read();
                offset = isOffset ? Number(ref reader) : offset;
                size = isSize ? Number(ref reader) : size;
            }
            else if (reader is { TokenType: JsonTokenType.EndObject, CurrentDepth: 2 })
            {
                if (offset is not { } start || size is not { } length || start > long.MaxValue - length)
                {
                    return null;
                }

                last = Math.Max(last, start + length);
                (offset, size) = (null, null);
            }
        }

        return last == 0 ? null : ByteSize.FromBytes(last);
    }

    /// <summary>Reads a 64-bit number, which the JSON contains as a string.</summary>
    private static long? Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            && long.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
