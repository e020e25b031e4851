using System.Globalization;
using Newtonsoft.Json;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Layouts;

/// <summary>Writes records, indented, one line feed at the end. What is not known is null: every key is always there.</summary>
internal static class RecordWriter
{
    public static string Write(LayoutRecord record) => Write(json => Record(json, record));

    /// <summary>Writes an export.</summary>
    public static string WriteAll(IEnumerable<LayoutRecord> records) => Write(json =>
    {
        json.WriteStartObject();
        Pair(json, "schemaVersion", LayoutRecord.SchemaVersion);
        json.WritePropertyName("records");
        json.WriteStartArray();
        foreach (var record in records)
        {
            Record(json, record);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    internal static string Write(Action<JsonTextWriter> write)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var json = new JsonTextWriter(text) { Formatting = Formatting.Indented, CloseOutput = false })
        {
            write(json);
        }

        return $"{text}\n";
    }

    internal static void Pair(JsonTextWriter json, string key, string? value)
    {
        json.WritePropertyName(key);
        json.WriteValue(value);
    }

    internal static void Pair(JsonTextWriter json, string key, long value)
    {
        json.WritePropertyName(key);
        json.WriteValue(value);
    }

    private static void Record(JsonTextWriter json, LayoutRecord record)
    {
        json.WriteStartObject();
        Pair(json, "schemaVersion", LayoutRecord.SchemaVersion);
        Pair(json, "identity", record.Identity.Key);
        Pair(json, "name", record.Name);
        Pair(json, "path", record.Path);
        Layout(json, record.Layout);
        Pair(json, "labelHash", record.LabelHash);
        Pair(json, "labelSum", record.LabelSum);
        Pair(json, "hypervisor", record.Hypervisor);
        Pair(json, "vmName", record.VmName);
        Pair(json, "vmId", record.VmId);
        Pair(json, "firstRecorded", Time(record.FirstRecorded));
        Pair(json, "lastChanged", Time(record.LastChanged));
        Pair(json, "lastUsed", Time(record.LastUsed));
        json.WritePropertyName("accepted");
        json.WriteStartArray();
        foreach (var accepted in record.Accepted)
        {
            Accepted(json, accepted);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Layout(JsonTextWriter json, DeviceLayout? layout)
    {
        json.WritePropertyName("layout");
        if (layout is null)
        {
            json.WriteNull();
            return;
        }

        json.WriteStartObject();
        Pair(json, "architecture", layout.Architecture.Name);
        Pair(json, "strategy", layout.Strategy == SizingStrategy.Largest ? "largest" : "ovirt");
        Pair(json, "deviceSize", layout.DeviceSize.Bytes);
        Pair(json, "alignSize", layout.AlignSize.Bytes);
        Pair(json, "labelSize", layout.LabelSize.Bytes);
        Pair(json, "targetSize", layout.TargetSize.Bytes);
        Pair(json, "backendSize", layout.BackendSize.Bytes);
        Pair(json, "labelOffset", layout.LabelOffset.Bytes);
        Pair(json, "guestSize", layout.GuestSize.Bytes);
        Pair(json, "guestUuid", layout.GuestUuid?.ToString("D"));
        json.WriteEndObject();
    }

    private static void Accepted(JsonTextWriter json, AcceptedFinding accepted)
    {
        json.WriteStartObject();
        Pair(json, "code", accepted.Code);
        json.WritePropertyName("arguments");
        json.WriteStartArray();
        foreach (var argument in accepted.Arguments)
        {
            json.WriteStartObject();
            Pair(json, "name", argument.Name);
            Pair(json, "value", argument.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Pair(json, "at", Time(accepted.At));
        Pair(json, "by", accepted.By);
        Pair(json, "note", accepted.Note);
        json.WriteEndObject();
    }

    private static string? Time(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);
}
