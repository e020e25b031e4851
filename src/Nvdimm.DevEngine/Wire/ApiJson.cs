using System.Text.Json;

namespace Nvdimm.DevEngine.Wire;

/// <summary>Writes entities as JSON as the engine does: without a root, nothing for null, texts for numbers and booleans.</summary>
internal static class ApiJson
{
    public const string MediaType = "application/json";

    public static byte[] Write(ApiObject entity)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            Write(json, entity);
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ApiObject entity)
    {
        json.WriteStartObject();
        foreach (var field in entity.Fields)
        {
            Write(json, field);
        }

        foreach (var (attribute, value) in entity.Attributes)
        {
            json.WriteString(attribute, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ApiField field)
    {
        switch (field)
        {
            case ApiField.Text text:
                json.WriteString(text.Name, text.Value);
                break;
            case ApiField.Moment moment:
                json.WriteNumber(moment.Name, moment.Value.ToUnixTimeMilliseconds());
                break;
            case ApiField.Single single:
                json.WritePropertyName(single.Name);
                Write(json, single.Value);
                break;
            case ApiField.Several { Values: { Count: > 0 } values }:
                json.WriteStartArray(field.Name);
                foreach (var value in values)
                {
                    Write(json, value);
                }

                json.WriteEndArray();
                break;
            case ApiField.Texts { Values: { Count: > 0 } texts }:
                json.WriteStartArray(field.Name);
                foreach (var text in texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            case ApiField.Several or ApiField.Texts:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(field), field, "No such kind of field");
        }
    }
}
