using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>Writes records, indented, one line feed at the end. What is not known is null: every key is always there.</summary>
internal static class RecordWriter
{
    /// <summary>A record, in bytes; longer ones are no harm.</summary>
    private const int UsualLength = 2048;

    /// <summary>ASCII. The ready-made encoders are made both at once, of all of Unicode, which takes longer than all else that a claim needs.</summary>
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin) };

    public static byte[] Write(LayoutRecord record) => Write(json => Record(json, record));

    /// <summary>Writes an export.</summary>
    public static string WriteAll(IEnumerable<LayoutRecord> records) => Encoding.UTF8.GetString(Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", LayoutRecord.SchemaVersion);
        json.WriteStartArray("records");
        foreach (var record in records)
        {
            Record(json, record);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>(UsualLength);
        using (var json = new Utf8JsonWriter(text, Options))
        {
            write(json);
        }

        return [.. text.WrittenSpan, (byte)'\n'];
    }

    private static void Record(Utf8JsonWriter json, LayoutRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", LayoutRecord.SchemaVersion);
        json.WriteString("identity", record.Identity.Key);
        json.WriteString("name", record.Name);
        json.WriteString("path", record.Path);
        Layout(json, record.Layout);
        json.WriteString("labelHash", record.LabelHash);
        json.WriteString("labelSum", record.LabelSum);
        json.WriteString("hypervisor", record.Hypervisor);
        json.WriteString("vmName", record.VmName);
        json.WriteString("vmId", record.VmId);
        json.WriteString("firstRecorded", Time(record.FirstRecorded));
        json.WriteString("lastChanged", Time(record.LastChanged));
        json.WriteString("lastUsed", Time(record.LastUsed));
        json.WriteStartArray("accepted");
        foreach (var accepted in record.Accepted)
        {
            Accepted(json, accepted);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Layout(Utf8JsonWriter json, DeviceLayout? layout)
    {
        if (layout is null)
        {
            json.WriteNull("layout");
            return;
        }

        json.WriteStartObject("layout");
        json.WriteString("architecture", layout.Architecture.Name);
        json.WriteString("strategy", layout.Strategy == SizingStrategy.Largest ? "largest" : "ovirt");
        json.WriteNumber("deviceSize", layout.DeviceSize.Bytes);
        json.WriteNumber("alignSize", layout.AlignSize.Bytes);
        json.WriteNumber("labelSize", layout.LabelSize.Bytes);
        json.WriteNumber("targetSize", layout.TargetSize.Bytes);
        json.WriteNumber("backendSize", layout.BackendSize.Bytes);
        json.WriteNumber("labelOffset", layout.LabelOffset.Bytes);
        json.WriteNumber("guestSize", layout.GuestSize.Bytes);
        json.WriteString("guestUuid", layout.GuestUuid?.ToString("D"));
        json.WriteEndObject();
    }

    private static void Accepted(Utf8JsonWriter json, AcceptedFinding accepted)
    {
        json.WriteStartObject();
        json.WriteString("code", accepted.Code);
        json.WriteStartArray("arguments");
        foreach (var argument in accepted.Arguments)
        {
            json.WriteStartObject();
            json.WriteString("name", argument.Name);
            json.WriteString("value", argument.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("at", Time(accepted.At));
        json.WriteString("by", accepted.By);
        json.WriteString("note", accepted.Note);
        json.WriteEndObject();
    }

    private static string? Time(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);
}
