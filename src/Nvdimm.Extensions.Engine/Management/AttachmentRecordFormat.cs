using System.Globalization;
using Newtonsoft.Json;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// Reads and writes the file of attachments:
/// <c>{"schema":2,"vms":{"ID":[{"capability":"nvdimm","name":"namespace0.0","identity":"UUID","host":"HOST","details":{"size":"1"}}]}}</c>.
/// Schema 1 has neither host nor details.
/// </summary>
internal static class AttachmentRecordFormat
{
    private const int Schema = 2;

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="InvalidDataException">The text is damaged, or of a newer version.</exception>
    public static IReadOnlyDictionary<string, ValueList<AttachedHostDevice>> Read(string text, string path)
    {
        try
        {
            using var reader = new StringReader(text);
            var file = WireReader.Read(reader);
            return file["schema"].Number is 1 or Schema && file["vms"].Members is { } vms
                ? vms.ToDictionary(vm => vm.Key, vm => Devices(vm.Value, path), StringComparer.Ordinal)
                : throw new InvalidDataException($"{path} is no record of attachments of schema 1 or {Schema}");
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"{path} is damaged: {malformed.Message}", malformed);
        }
    }

    /// <summary>Returns the text of a file, ordered by VM id.</summary>
    public static string Write(Dictionary<string, ValueList<AttachedHostDevice>> records)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var json = new JsonTextWriter(text) { Formatting = Formatting.Indented })
        {
            json.WriteStartObject();
            json.WritePropertyName("schema");
            json.WriteValue(Schema);
            json.WritePropertyName("vms");
            json.WriteStartObject();
            foreach (var (vm, devices) in records.OrderBy(record => record.Key, StringComparer.Ordinal))
            {
                json.WritePropertyName(vm);
                Write(json, devices);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return text.ToString();
    }

    private static ValueList<AttachedHostDevice> Devices(WireValue wire, string path) => wire.Items is { } items
        ? items.Select(item => Device(item, path)).ToValueList()
        : throw new InvalidDataException($"{path} is damaged: a VM without a list of devices");

    private static AttachedHostDevice Device(WireValue wire, string path) =>
        new(Required(wire, "capability", path), Required(wire, "name", path), wire["identity"].Text)
        {
            HostId = wire["host"].Text,
            Details = (wire["details"].Members ?? Enumerable.Empty<KeyValuePair<string, WireValue>>())
            .Select(detail => new HostDeviceDetail(
                detail.Key, detail.Value.Text ?? throw new InvalidDataException($"{path} is damaged: a detail that is no text")))
            .ToValueList(),
        };

    private static string Required(WireValue wire, string name, string path) =>
        wire[name].Text ?? throw new InvalidDataException($"{path} is damaged: a device without {name}");

    private static void Write(JsonTextWriter json, ValueList<AttachedHostDevice> devices)
    {
        json.WriteStartArray();
        foreach (var device in devices)
        {
            json.WriteStartObject();
            json.WritePropertyName("capability");
            json.WriteValue(device.Capability);
            json.WritePropertyName("name");
            json.WriteValue(device.Name);
            json.WritePropertyName("identity");
            json.WriteValue(device.Identity);
            json.WritePropertyName("host");
            json.WriteValue(device.HostId);
            json.WritePropertyName("details");
            json.WriteStartObject();
            foreach (var detail in device.Details)
            {
                json.WritePropertyName(detail.Name);
                json.WriteValue(detail.Value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
