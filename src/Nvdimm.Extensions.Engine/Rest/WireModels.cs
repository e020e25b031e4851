using System.Globalization;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// Converts answers to models. Unknown members are ignored; a missing member that a model requires makes the answer invalid.
/// </summary>
internal static class WireModels
{
    private static readonly Dictionary<string, VmStatus> Statuses =
        Enum.GetValues<VmStatus>().ToDictionary(status => status.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a host.</summary>
    public static OvirtHost Host(WireValue wire) => new(Required(wire, "id"), Required(wire, "name"))
    {
        Address = wire["address"].Text,
        Status = wire["status"].Text,
        ClusterId = wire["cluster"]["id"].Text,
    };

    /// <summary>Reads a host device. A missing name is derived from the id.</summary>
    public static OvirtHostDevice HostDevice(WireValue wire)
    {
        var name = wire["name"].Text ?? HostDeviceId.ToName(Required(wire, "id")) ?? throw Missing("name");
        return new OvirtHostDevice(wire["id"].Text ?? HostDeviceId.FromName(name), name)
        {
            Capability = wire["capability"].Text,
            Parent = wire["parent_device"]["name"].Text,
            HostId = wire["host"]["id"].Text,
            VmId = wire["vm"]["id"].Text,
        };
    }

    /// <summary>Reads a VM.</summary>
    public static OvirtVm Vm(WireValue wire) => new(Required(wire, "id"), Required(wire, "name"))
    {
        Status = wire["status"].Text is { } status ? Statuses.GetValueOrDefault(Word(status), VmStatus.Unknown) : VmStatus.Unknown,
        Affinity = wire["placement_policy"]["affinity"].Text switch
        {
            "pinned" => VmAffinity.Pinned,
            "user_migratable" => VmAffinity.UserMigratable,
            _ => VmAffinity.Migratable,
        },
        PinnedHostIds = wire["placement_policy"]["hosts"].ItemsOf("host").Select(host => Required(host, "id")).ToValueList(),
        Architecture = wire["cpu"]["architecture"].Text is { } architecture
            && !string.Equals(architecture, "undefined", StringComparison.Ordinal) ? architecture : null,
        Memory = Size(wire["memory"]),
        MaxMemory = Size(wire["memory_policy"]["max"]),
        CanPlugCpus = wire["cpu_pinning_policy"].Text is null or "none" or "manual",
        HostId = wire["host"]["id"].Text,
        ClusterId = wire["cluster"]["id"].Text,
    };

    /// <summary>Reads a guest NUMA node.</summary>
    public static OvirtNumaNode NumaNode(WireValue wire) => new(
        Index(wire["index"]) ?? throw Missing("index"),
        wire["numa_node_pins"].ItemsOf("numa_node_pin").Select(pin => Index(pin["index"]) ?? throw Missing("index")).ToValueList())
    {
        Cpus = wire["cpu"]["cores"].ItemsOf("core").Count(),
    };

    /// <summary>Reads a snapshot.</summary>
    public static OvirtSnapshot Snapshot(WireValue wire) => new(Required(wire, "id"))
    {
        Description = wire["description"].Text,
        Status = wire["snapshot_status"].Text,
        HasMemory = wire["persist_memorystate"].Flag ?? false,
    };

    /// <summary>Reads an event.</summary>
    public static OvirtEvent Event(WireValue wire) => new(wire["id"].Number ?? throw Missing("id"), wire["description"].Text ?? "")
    {
        Code = Index(wire["code"]),
        Severity = wire["severity"].Text,
        Origin = wire["origin"].Text,
        CustomId = wire["custom_id"].Number is >= int.MinValue and <= int.MaxValue and var id ? (int)id : null,
        Time = WireTime.Of(wire["time"]),
        VmId = wire["vm"]["id"].Text,
        HostId = wire["host"]["id"].Text,
    };

    private static string Word(string text) => text.Replace("_", "", StringComparison.Ordinal);

    private static string Required(WireValue wire, string name) => wire[name].Text is { Length: > 0 } text ? text : throw Missing(name);

    private static int? Index(WireValue wire) => wire.Number is >= 0 and <= int.MaxValue and var number ? (int)number : null;

    private static ByteSize? Size(WireValue wire) => wire.Number is >= 0 and var bytes ? ByteSize.FromBytes(bytes) : null;

    private static UnexpectedAnswerException Missing(string member) => new($"the answer has no usable '{member}'");
}

/// <summary>Reads times in answers: milliseconds since 1970, as in JSON, or ISO 8601, as in XML.</summary>
internal static class WireTime
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The time; null if it is not a valid time.</summary>
    public static DateTimeOffset? Of(WireValue wire)
    {
        if (wire.Number is { } milliseconds)
        {
            return milliseconds >= Earliest && milliseconds <= Latest ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        }

        return DateTimeOffset.TryParse(wire.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
