using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Serialization;

/// <summary>Reads and writes a <see cref="ValueList{T}"/> as a JSON array.</summary>
internal sealed class ValueListJsonConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">
    /// The items are of a type of the caller's, and the program cannot generate code at run time.
    /// </exception>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var item = typeToConvert.GetGenericArguments()[0];

        // The item types of this package: a program that was compiled ahead of time has code for these.
        return item == typeof(string) ? new ValueListJsonConverter<string>()
            : item == typeof(Finding) ? new ValueListJsonConverter<Finding>()
            : item == typeof(FindingArgument) ? new ValueListJsonConverter<FindingArgument>()
            : item == typeof(NvdimmDevice) ? new ValueListJsonConverter<NvdimmDevice>()
            : item == typeof(DaxDevice) ? new ValueListJsonConverter<DaxDevice>()
            : item == typeof(BadBlockRange) ? new ValueListJsonConverter<BadBlockRange>()
            : RuntimeFeature.IsDynamicCodeSupported ? MakeConverter(item)
            : throw new NotSupportedException($"{typeToConvert} is of no type of Nvdimm.Extensions: give its list a converter of its own.");
    }

    [RequiresDynamicCode("Makes a converter for a type that is known only when the program runs.")]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The converter has no constraint on its item.")]
    private static JsonConverter MakeConverter(Type item) =>
        (JsonConverter)Activator.CreateInstance(typeof(ValueListJsonConverter<>).MakeGenericType(item))!;
}

/// <summary>Reads and writes a list, item by item.</summary>
internal sealed class ValueListJsonConverter<T> : JsonConverter<ValueList<T>>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">It is not an array, or has a null.</exception>
    public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A list is an array.");
        }

        var type = TypeOf(options);
        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("A list has no null."));
        }

        return items.ToValueList();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options)
    {
        var type = TypeOf(options);
        writer.WriteStartArray();
        foreach (var item in value)
        {
            JsonSerializer.Serialize(writer, item, type);
        }

        writer.WriteEndArray();
    }

    private static JsonTypeInfo<T> TypeOf(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
