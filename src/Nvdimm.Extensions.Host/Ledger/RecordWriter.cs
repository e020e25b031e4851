using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>Writes records as indented JSON with one line feed at the end. Every key is always present; unknown values are null.</summary>
internal sealed class RecordWriter : IRecordWriter
{
    /// <summary>The initial buffer in bytes. A usual record fits; longer ones grow it.</summary>
    private const int UsualLength = 2048;

    /// <summary>
    /// An encoder for ASCII. The predefined encoders are built both at once for all of Unicode, which takes longer than the rest of a
    /// claim.
    /// </summary>
    private static readonly JsonWriterOptions Options = new()
    { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin) };

    private readonly Utf8JsonWriter json;

    private RecordWriter(Utf8JsonWriter json) => this.json = json;

    public static byte[] Write(LayoutRecord record) => Write(writer => RecordFormat.WriteVersioned(record, writer));

    /// <summary>Writes an export.</summary>
    public static string WriteAll(ValueList<LayoutRecord> records) =>
        Encoding.UTF8.GetString(Write(writer => RecordFormat.WriteAll(records, writer)));

    public void Text(string name, string? value) => json.WriteString(name, value);

    public void Number(string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public void Texts(string name, ValueList<string>? values)
    {
        if (values is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    public void Numbers(string name, IEnumerable<long>? values)
    {
        if (values is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    public void Arguments(string name, ValueList<FindingArgument> arguments) =>
        Parts(name, arguments.Select<FindingArgument, Action>(argument => () =>
    {
        json.WriteString("name", argument.Name);
        json.WriteString("value", argument.Value);
    }));

    public void Part(string name, Action? members)
    {
        if (members is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        members();
        json.WriteEndObject();
    }

    public void Parts(string name, IEnumerable<Action> items)
    {
        json.WriteStartArray(name);
        foreach (var members in items)
        {
            json.WriteStartObject();
            members();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static byte[] Write(Action<RecordWriter> write)
    {
        var text = new ArrayBufferWriter<byte>(UsualLength);
        using (var utf8 = new Utf8JsonWriter(text, Options))
        {
            utf8.WriteStartObject();
            write(new RecordWriter(utf8));
            utf8.WriteEndObject();
        }

        return [.. text.WrittenSpan, (byte)'\n'];
    }
}
