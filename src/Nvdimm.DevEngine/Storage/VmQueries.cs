using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Storage;

/// <summary>VMs and what belongs to them.</summary>
internal static class VmQueries
{
    public static IReadOnlyList<VmParts> Vms(this EngineSession session)
    {
        var clusters = session.Clusters().ToDictionary(cluster => cluster.Id, StringComparer.Ordinal);
        var hosts = session.Hosts().ToDictionary(host => host.Id, StringComparer.Ordinal);
        var pins = session.Query<PinRow>("SELECT vm_id, host_id FROM vm_pins").ToLookup(pin => pin.VmId, pin => hosts[pin.HostId], StringComparer.Ordinal);
        var nodes = session.Query<NumaNodeRow>("SELECT * FROM vm_numa_nodes ORDER BY node").ToLookup(node => node.VmId, StringComparer.Ordinal);
        var devices = session.Query<VmHostDeviceRow>("SELECT * FROM vm_host_devices ORDER BY name").ToLookup(device => device.VmId, StringComparer.Ordinal);
        var tags = session.Query<VmTagRow>("SELECT vm_id, id, name, description FROM vm_tags JOIN tags ON id = tag_id ORDER BY name").ToLookup(tag => tag.VmId, StringComparer.Ordinal);
        return [.. session.Query<VmRow>("SELECT * FROM vms ORDER BY name").Select(vm => new VmParts(
            vm,
            clusters[vm.ClusterId],
            [.. pins[vm.Id].OrderBy(host => host.Name, StringComparer.Ordinal)],
            [.. nodes[vm.Id]],
            [.. devices[vm.Id]],
            [.. tags[vm.Id].Select(tag => new TagRow { Id = tag.Id, Name = tag.Name, Description = tag.Description })]))];
    }

    /// <summary>A VM.</summary>
    /// <exception cref="ApiFaultException">There is none of that id.</exception>
    public static VmParts Vm(this EngineSession session, string id) => session.Vms().FirstOrDefault(vm => vm.Id == id) ?? throw ApiFaultException.NotFound("VM", id);

    public static void Add(this EngineSession session, VmRow vm) => session.Execute(
        """
        INSERT INTO vms (id, name, description, cluster_id, status, affinity, memory, max_memory, host_id, created)
        VALUES (@Id, @Name, @Description, @ClusterId, @Status, @Affinity, @Memory, @MaxMemory, @HostId, @Created)
        """,
        vm);

    public static void Update(this EngineSession session, VmRow vm) => session.Execute(
        """
        UPDATE vms SET name = @Name, description = @Description, status = @Status, affinity = @Affinity, memory = @Memory,
            max_memory = @MaxMemory, host_id = @HostId
        WHERE id = @Id
        """,
        vm);

    public static void SetPins(this EngineSession session, string vm, IEnumerable<string> hosts)
    {
        session.Execute("DELETE FROM vm_pins WHERE vm_id = @vm", new { vm });
        foreach (var host in hosts)
        {
            session.Execute("INSERT INTO vm_pins (vm_id, host_id) VALUES (@vm, @host)", new { vm, host });
        }
    }

    public static void Add(this EngineSession session, NumaNodeRow node) =>
        session.Execute("INSERT INTO vm_numa_nodes (vm_id, node, memory, host_nodes) VALUES (@VmId, @Node, @Memory, @HostNodes)", node);

    public static void Add(this EngineSession session, VmHostDeviceRow device) =>
        session.Execute("INSERT INTO vm_host_devices (vm_id, capability, name, identity) VALUES (@VmId, @Capability, @Name, @Identity)", device);

    public static void RemoveHostDevice(this EngineSession session, string vm, string name) =>
        session.Execute("DELETE FROM vm_host_devices WHERE vm_id = @vm AND name = @name", new { vm, name });

    private sealed record PinRow
    {
        public string VmId { get; init; } = "";

        public string HostId { get; init; } = "";
    }

    private sealed record VmTagRow
    {
        public string VmId { get; init; } = "";

        public string Id { get; init; } = "";

        public string Name { get; init; } = "";

        public string Description { get; init; } = "";
    }
}
