using Newtonsoft.Json;

namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>Reads fields in the order in which they were written, and nothing else.</summary>
internal sealed class JsonFields(JsonTextReader json)
{
    /// <summary>The next token, which has to be this one.</summary>
    /// <exception cref="JsonReaderException">It is another, or the text ends.</exception>
    public void Start(JsonToken token)
    {
        if (!json.Read() || json.TokenType != token)
        {
            throw Unexpected($"{token}");
        }
    }

    public string Text(string name) => Value(name, JsonToken.String) as string ?? throw Unexpected("a text");

    public long Number(string name, long minimum = long.MinValue, long maximum = long.MaxValue) =>
        Value(name, JsonToken.Integer) is long number && number >= minimum && number <= maximum ? number : throw Unexpected($"{name} in its range");

    /// <summary>A list of objects.</summary>
    public ValueList<T> List<T>(string name, Func<T> read)
    {
        Name(name);
        Start(JsonToken.StartArray);
        var items = new List<T>();
        while (json.Read() && json.TokenType == JsonToken.StartObject)
        {
            items.Add(read());
            Start(JsonToken.EndObject);
        }

        return json.TokenType == JsonToken.EndArray ? items.ToValueList() : throw Unexpected("the end of a list");
    }

    private object? Value(string name, JsonToken token)
    {
        Name(name);
        Start(token);
        return json.Value;
    }

    private void Name(string name)
    {
        Start(JsonToken.PropertyName);
        if (json.Value as string != name)
        {
            throw Unexpected(name);
        }
    }

    private JsonReaderException Unexpected(string wanted) =>
        new($"no {wanted} in line {json.LineNumber}, position {json.LinePosition}");
}
