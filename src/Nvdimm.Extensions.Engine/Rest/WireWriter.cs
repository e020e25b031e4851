using System.Globalization;
using System.Text;
using Newtonsoft.Json;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// Writes the JSON of a request, with numbers and booleans as strings, as the engine does itself. Null members are left out.
/// </summary>
internal static class WireWriter
{
    /// <summary>Returns an object as UTF-8. A value is a text, a number, a boolean, null, or a nested object.</summary>
    public static byte[] Object(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var text = new StringBuilder();
        using (var json = new JsonTextWriter(new StringWriter(text, CultureInfo.InvariantCulture)))
        {
            Write(json, members);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A reference to a resource by its id; null if the id is null.</summary>
    public static (string Name, object? Value)[]? Reference(string? id) => id is null ? null : [("id", id)];

    private static void Write(JsonTextWriter json, ReadOnlySpan<(string Name, object? Value)> members)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members)
        {
            if (value is null)
            {
                continue;
            }

            json.WritePropertyName(name);
            if (value is (string, object?)[] inner)
            {
                Write(json, inner);
            }
            else
            {
                json.WriteValue(value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture));
            }
        }

        json.WriteEndObject();
    }
}
