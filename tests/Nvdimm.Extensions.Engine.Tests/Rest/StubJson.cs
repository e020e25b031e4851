using Newtonsoft.Json.Linq;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Tests.Rest;

/// <summary>Entities as a real engine writes them in JSON.</summary>
internal static class StubJson
{
    public static JObject Host(OvirtHost host) => Compact(new JObject
    {
        ["id"] = host.Id,
        ["href"] = $"/ovirt-engine/api/hosts/{host.Id}",
        ["name"] = host.Name,
        ["address"] = host.Address,
        ["status"] = host.Status,
        ["link"] = new JArray(new JObject { ["href"] = "/x", ["rel"] = "devices" }),
    });

    public static JObject Device(OvirtHostDevice device) => Compact(new JObject
    {
        ["id"] = device.Id,
        ["name"] = device.Name,
        ["capability"] = device.Capability,
        ["parent_device"] = Reference(device.Parent, "name"),
        ["host"] = Reference(device.HostId, "id"),
        ["vm"] = Reference(device.VmId, "id"),
        ["m_dev_types"] = new JObject(),
    });

    public static JObject Vm(OvirtVm vm) => Compact(new JObject
    {
        ["id"] = vm.Id,
        ["name"] = vm.Name,
        ["status"] = vm.Status == VmStatus.ImageLocked ? "image_locked" : vm.Status.ToString().ToLowerInvariant(),
        ["placement_policy"] = new JObject
        {
            ["affinity"] = vm.Affinity.ToString().ToLowerInvariant(),
            ["hosts"] = vm.PinnedHostIds.Count == 0 ? JValue.CreateNull() : new JObject { ["host"] = new JArray(vm.PinnedHostIds.Select(id => new JObject { ["id"] = id })) },
        },
        ["cpu"] = new JObject { ["architecture"] = vm.Architecture ?? "undefined" },
        ["cpu_pinning_policy"] = vm.CanPlugCpus ? "none" : "dedicated",
        ["memory"] = vm.Memory?.Bytes.ToString(),
        ["memory_policy"] = new JObject { ["max"] = vm.MaxMemory?.Bytes.ToString() },
        ["host"] = Reference(vm.HostId, "id"),
        ["a_field_of_a_later_version"] = new JObject { ["deep"] = new JArray(1, JValue.CreateNull(), 2.5, true) },
    });

    public static JObject NumaNode(OvirtNumaNode node) => new()
    {
        ["id"] = $"node-{node.Index}",
        ["index"] = $"{node.Index}",
        ["cpu"] = new JObject { ["cores"] = new JObject { ["core"] = new JArray(Enumerable.Range(0, node.Cpus).Select(cpu => new JObject { ["index"] = $"{cpu}" })) } },
        ["numa_node_pins"] = new JObject { ["numa_node_pin"] = new JArray(node.HostNodes.Select(host => new JObject { ["index"] = $"{host}" })) },
    };

    public static JObject Snapshot(OvirtSnapshot snapshot) => new()
    {
        ["id"] = snapshot.Id,
        ["description"] = snapshot.Description,
        ["snapshot_status"] = snapshot.Status,
        ["persist_memorystate"] = snapshot.HasMemory ? "true" : "false",
    };

    public static JObject Event(OvirtEvent found) => Compact(new JObject
    {
        ["id"] = $"{found.Id}",
        ["description"] = found.Description,
        ["code"] = found.Code?.ToString(),
        ["severity"] = found.Severity,
        ["origin"] = found.Origin,
        ["custom_id"] = found.CustomId?.ToString(),
        ["time"] = 1_700_000_000_000,
        ["vm"] = Reference(found.VmId, "id"),
        ["host"] = Reference(found.HostId, "id"),
    });

    public static NewOvirtEvent NewEvent(JObject json) => new()
    {
        Description = (string)json["description"]!,
        Severity = Enum.Parse<OvirtEventSeverity>((string)json["severity"]!, ignoreCase: true),
        Origin = (string)json["origin"]!,
        CustomId = (int)json["custom_id"]!,
        VmId = (string?)json["vm"]?["id"],
        HostId = (string?)json["host"]?["id"],
    };

    private static JObject? Reference(string? value, string name) => value is null ? null : new JObject { [name] = value };

    private static JObject Compact(JObject json)
    {
        foreach (var empty in json.Properties().Where(property => property.Value.Type == JTokenType.Null).ToArray())
        {
            empty.Remove();
        }

        return json;
    }
}
