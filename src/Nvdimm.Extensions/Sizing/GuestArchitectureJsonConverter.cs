using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nvdimm.Extensions.Sizing;

/// <summary>Reads and writes an architecture as its name.</summary>
internal sealed class GuestArchitectureJsonConverter : JsonConverter<GuestArchitecture>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">It is not a text, or an empty one.</exception>
    public override GuestArchitecture Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && GuestArchitecture.TryParse(reader.GetString(), null, out var architecture)
            ? architecture
            : throw new JsonException("An architecture is a name, such as \"x86_64\".");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GuestArchitecture value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
