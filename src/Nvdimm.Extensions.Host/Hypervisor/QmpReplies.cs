using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>What QEMU has said over QMP: its greeting, its memory devices, and what it has refused.</summary>
/// <param name="Version">Its version, such as <c>7.2.22</c>; null where it has not greeted.</param>
/// <param name="Devices">Its NVDIMMs and DIMMs.</param>
/// <param name="Refusals">Why it has refused commands, by their ids.</param>
internal sealed record QmpReplies(string? Version, ValueList<QmpMemoryDevice> Devices, IReadOnlyDictionary<string, string> Refusals)
{
    /// <summary>The size of its first NVDIMM as the guest sees it; null where it has none.</summary>
    public ByteSize? NvdimmSize => Devices.FirstOrDefault(device => device.IsNvdimm)?.Place.Place.Size;

    /// <summary>Reads all replies; they are JSON objects one after the other.</summary>
    /// <exception cref="ProbeException">It is no QMP.</exception>
    public static QmpReplies Read(ProcessOutcome outcome)
    {
        using var json = new JsonTextReader(new StringReader(outcome.Output))
        {
            DateParseHandling = DateParseHandling.None,
            MaxDepth = 16,
            SupportMultipleContent = true,
        };
        try
        {
            return Read(json);
        }
        catch (JsonReaderException)
        {
            throw outcome.Exception(ProbeFailure.Unreadable, "does not speak QMP");
        }
    }

    /// <summary>Where the device of an id is; null where there is none.</summary>
    public PlacedMemoryDevice? DeviceOf(string id) => Devices.FirstOrDefault(device => device.Id == id)?.Place;

    private static QmpReplies Read(JsonTextReader json)
    {
        string? version = null;
        var devices = new List<QmpMemoryDevice>();
        var refusals = new Dictionary<string, string>(StringComparer.Ordinal);
        while (json.Read())
        {
            var reply = JObject.Load(json);
            version ??= Member(Member(Member(reply, "QMP"), "version"), "qemu") is JObject qemu
                ? $"{Number(qemu, "major")}.{Number(qemu, "minor")}.{Number(qemu, "micro")}"
                : null;
            devices.AddRange((reply["return"] as JArray ?? []).Select(Device).OfType<QmpMemoryDevice>());
            if (reply["error"] is JObject error && Text(reply, "id") is { } id)
            {
                refusals[id] = Text(error, "desc") ?? "";
            }
        }

        return new QmpReplies(version, devices.ToValueList(), refusals);
    }

    // QEMU v7.2.0 qapi/machine.json, MemoryDeviceInfo: dimm and nvdimm have PCDIMMDeviceInfo, others have something else.
    private static QmpMemoryDevice? Device(JToken entry)
    {
        if (entry is not JObject { } device || Text(device, "type") is not ("dimm" or "nvdimm") || Member(device, "data") is not JObject data)
        {
            return null;
        }

        var place = new GuestMemoryDevice(Size(data, "addr"), Size(data, "size"), (int)Number(data, "slot", int.MaxValue));
        return new QmpMemoryDevice(Text(data, "id") ?? "", Text(device, "type") == "nvdimm", new PlacedMemoryDevice(place, (int)Number(data, "node", int.MaxValue)));
    }

    private static JToken? Member(JToken? parent, string name) => parent is JObject members ? members[name] : null;

    private static string? Text(JObject members, string name) => members[name] is JValue { Value: string text } ? text : null;

    private static ByteSize Size(JObject members, string name) => ByteSize.FromBytes(Number(members, name));

    private static long Number(JObject members, string name, long maximum = long.MaxValue) =>
        members[name] is JValue { Value: long number } && number >= 0 && number <= maximum
            ? number
            : throw new JsonReaderException($"no {name}");
}
