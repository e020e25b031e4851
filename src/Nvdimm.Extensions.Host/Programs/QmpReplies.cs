using System.Text;
using System.Text.Json;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>QEMU's replies over QMP: its greeting, its memory devices, and its refusals.</summary>
/// <param name="Version">The version, such as <c>7.2.22</c>; null without a greeting.</param>
/// <param name="Devices">The NVDIMMs and DIMMs.</param>
/// <param name="Refusals">Why QEMU refused commands, by the commands' ids.</param>
internal sealed record QmpReplies(string? Version, ValueList<QmpMemoryDevice> Devices, IReadOnlyDictionary<string, string> Refusals)
{
    private const int MaximumDepth = 16;

    /// <summary>The size of the first NVDIMM as the guest sees it; null if there is none.</summary>
    public ByteSize? NvdimmSize => Devices.FirstOrDefault(device => device.IsNvdimm)?.Place.Place.Size;

    /// <summary>Reads all replies: a sequence of JSON objects.</summary>
    /// <exception cref="ProbeException">The output is not QMP.</exception>
    public static QmpReplies Read(ProcessOutcome outcome)
    {
        try
        {
            return Read(Encoding.UTF8.GetBytes(outcome.Output));
        }
        catch (JsonException)
        {
            throw outcome.Exception(ProbeFailure.Unreadable, "does not speak QMP");
        }
    }

    /// <summary>The place of the device with an id; null if there is none.</summary>
    public PlacedMemoryDevice? DeviceOf(string id) => Devices.FirstOrDefault(device => device.Id == id)?.Place;

    // JsonDocument instead of JObject: a native (AOT) program cannot contain JObject without warnings.
    private static QmpReplies Read(ReadOnlySpan<byte> output)
    {
        string? version = null;
        var devices = new List<QmpMemoryDevice>();
        var refusals = new Dictionary<string, string>(StringComparer.Ordinal);
        var json = new Utf8JsonReader(output, new JsonReaderOptions { MaxDepth = MaximumDepth, AllowMultipleValues = true });
        while (json.Read())
        {
            using var document = JsonDocument.ParseValue(ref json);
            var reply = document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement
                : throw new JsonException("a reply is an object");
            if (version is null && Member(Member(Member(reply, "QMP"), "version"), "qemu") is { ValueKind: JsonValueKind.Object } qemu)
            {
                version = $"{Number(qemu, "major")}.{Number(qemu, "minor")}.{Number(qemu, "micro")}";
            }

            if (Member(reply, "return") is { ValueKind: JsonValueKind.Array } entries)
            {
                devices.AddRange(entries.EnumerateArray().Select(Device).OfType<QmpMemoryDevice>());
            }

            if (Member(reply, "error") is { ValueKind: JsonValueKind.Object } error && Text(reply, "id") is { } id)
            {
                refusals[id] = Text(error, "desc") ?? "";
            }
        }

        return new QmpReplies(version, devices.ToValueList(), refusals);
    }

    // QEMU v7.2.0 qapi/machine.json, MemoryDeviceInfo: dimm and nvdimm have PCDIMMDeviceInfo, others have something else.
    private static QmpMemoryDevice? Device(JsonElement device)
    {
        if (Text(device, "type") is not ("dimm" or "nvdimm") || Member(device, "data") is not { ValueKind: JsonValueKind.Object } data)
        {
            return null;
        }

        var place = new GuestMemoryDevice(Size(data, "addr"), Size(data, "size"), (int)Number(data, "slot", int.MaxValue));
        return new QmpMemoryDevice(
            Text(data, "id") ?? "", Text(device, "type") == "nvdimm",
            new PlacedMemoryDevice(place, (int)Number(data, "node", int.MaxValue)));
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement members, string name) =>
        Member(members, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static ByteSize Size(JsonElement members, string name) => ByteSize.FromBytes(Number(members, name));

    private static long Number(JsonElement members, string name, long maximum = long.MaxValue) =>
        Member(members, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= 0
            && number <= maximum
            ? number
            : throw new JsonException($"no {name}");
}

/// <summary>A memory device in QEMU's answer.</summary>
/// <param name="Id">The id, empty if it has none.</param>
/// <param name="IsNvdimm">Whether it is an NVDIMM, and not a DIMM.</param>
/// <param name="Place">The place of the device.</param>
internal sealed record QmpMemoryDevice(string Id, bool IsNvdimm, PlacedMemoryDevice Place);

/// <summary>A memory device of a guest, with its place and its guest NUMA node.</summary>
/// <param name="Place">The address, size and slot.</param>
/// <param name="Node">The guest's NUMA node.</param>
public readonly record struct PlacedMemoryDevice(GuestMemoryDevice Place, int Node);
