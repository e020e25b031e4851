using Newtonsoft.Json;
using Nvdimm.Extensions;

namespace Nvdimm.Cli.Terminal;

/// <summary>Writes the tool's JSON: indented, with a line feed at the end; absent values are null.</summary>
internal static class Json
{
    /// <summary>Writes one document.</summary>
    public static void WriteTo(TextWriter writer, Action<JsonTextWriter> write)
    {
        using (var json = new JsonTextWriter(writer) { Formatting = Formatting.Indented, CloseOutput = false })
        {
            write(json);
        }

        writer.WriteLine();
    }

    /// <summary>Writes an object.</summary>
    public static void Object(this JsonTextWriter json, Action members)
    {
        json.WriteStartObject();
        members();
        json.WriteEndObject();
    }

    /// <summary>Writes a member with a string or null.</summary>
    public static void Text(this JsonTextWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    /// <summary>Writes a member with a number or null.</summary>
    public static void Number(this JsonTextWriter json, string name, long? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    /// <summary>Writes a member with a number of bytes or null.</summary>
    public static void Size(this JsonTextWriter json, string name, ByteSize? value) => json.Number(name, value?.Bytes);

    /// <summary>Writes a member with true, false or null.</summary>
    public static void Flag(this JsonTextWriter json, string name, bool? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    /// <summary>Writes a member with an array.</summary>
    public static void Array<T>(this JsonTextWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WritePropertyName(name);
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a member with an array of strings.</summary>
    public static void Texts(this JsonTextWriter json, string name, IEnumerable<string> items) => json.Array(name, items, json.WriteValue);
}
