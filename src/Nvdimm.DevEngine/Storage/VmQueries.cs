using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Storage;

/// <summary>Queries for VMs and their related data.</summary>
internal static class VmQueries
{
    /// <summary>The VMs by name, without related data.</summary>
    public static IReadOnlyList<VmRow> VmRows(this EngineSession session, Slice slice) =>
        session.Query<VmRow>("SELECT * FROM vms ORDER BY name LIMIT @Take OFFSET @Skip", slice);

    /// <summary>The VM with a name, without related data; empty if there is none.</summary>
    public static IReadOnlyList<VmRow> VmRowsNamed(this EngineSession session, string name) =>
        session.Query<VmRow>("SELECT * FROM vms WHERE name = @name", new { name });

    /// <summary>The existing VMs among these ids.</summary>
    public static IReadOnlyList<VmParts> Vms(this EngineSession session, IEnumerable<string> ids) =>
        session.VmsWhere("id IN (SELECT value FROM json_each(@ids))", new { ids = EngineSession.List(ids) });

    /// <summary>A VM.</summary>
    /// <exception cref="ApiFaultException">No VM has that id.</exception>
    public static VmParts Vm(this EngineSession session, string id) =>
        session.Vms([id]) is [var vm] ? vm : throw ApiFaultException.NotFound("VM", id);

    /// <summary>The VMs that run on a host: all that are neither down nor suspended.</summary>
    public static IReadOnlyList<VmParts> RunningVms(this EngineSession session) =>
        session.VmsWhere("id IN (SELECT id FROM vms WHERE host_id IS NOT NULL)", null);

    /// <summary>The VMs that are pinned to a host, alone or among others.</summary>
    public static IReadOnlyList<VmParts> VmsPinnedTo(this EngineSession session, string host) =>
        session.VmsWhere("id IN (SELECT vm_id FROM vm_pins WHERE host_id = @host)", new { host });

    /// <summary>Whether a VM has a name.</summary>
    public static bool IsVmName(this EngineSession session, string name) =>
        session.Scalar<bool>("SELECT EXISTS (SELECT 1 FROM vms WHERE name = @name)", new { name });

    /// <summary>Whether a VM has an id.</summary>
    public static bool IsVm(this EngineSession session, string id) =>
        session.Scalar<bool>("SELECT EXISTS (SELECT 1 FROM vms WHERE id = @id)", new { id });

    /// <summary>A VM that is not stored, with its related data; or a template in the form of a VM.</summary>
    /// <param name="session">The database session.</param>
    /// <param name="row">What the configuration does not have: id, name, cluster.</param>
    /// <param name="configuration">The configuration.</param>
    public static VmParts Parts(this EngineSession session, VmRow row, VmConfiguration configuration) => new(
        configuration.Over(row),
        session.Cluster(row.ClusterId),
        [.. session.Hosts(configuration.Pins).OrderBy(host => host.Name, StringComparer.Ordinal)],
        configuration.Nodes,
        configuration.Devices,
        []);

    /// <summary>The host devices of the VMs that run on a host.</summary>
    public static IReadOnlyList<VmHostDeviceRow> HostDevicesInUse(this EngineSession session, string host) =>
        session.Query<VmHostDeviceRow>(
        "SELECT vm_host_devices.* FROM vms JOIN vm_host_devices ON vm_id = id WHERE host_id = @host", new { host });

    /// <summary>The names of the tags of each VM that has tags, by the VM's id.</summary>
    public static ILookup<string, string> TagNames(this EngineSession session) =>
        session.Query<VmTagRow>("SELECT vm_id, id, name, description FROM vm_tags JOIN tags ON id = tag_id")
            .ToLookup(tag => tag.VmId, tag => tag.Name, StringComparer.Ordinal);

    /// <summary>Adds related data to VMs, in the same order: one query for each type of data, for any number of VMs.</summary>
    public static IReadOnlyList<VmParts> WithParts(this EngineSession session, IReadOnlyList<VmRow> vms)
    {
        if (vms.Count == 0)
        {
            return [];
        }

        const string OfThese = "vm_id IN (SELECT value FROM json_each(@ids))";
        var ids = new { ids = EngineSession.List(vms.Select(vm => vm.Id)) };
        var clusters = session.Clusters(vms.Select(vm => vm.ClusterId)).ToDictionary(cluster => cluster.Id, StringComparer.Ordinal);
        var pinned = session.Query<PinRow>($"SELECT vm_id, host_id FROM vm_pins WHERE {OfThese}", ids);
        var hosts = session.Hosts(pinned.Select(pin => pin.HostId)).ToDictionary(host => host.Id, StringComparer.Ordinal);
        var pins = pinned.ToLookup(pin => pin.VmId, pin => hosts[pin.HostId], StringComparer.Ordinal);
        var nodes = session.Query<NumaNodeRow>($"SELECT * FROM vm_numa_nodes WHERE {OfThese} ORDER BY node", ids)
            .ToLookup(node => node.VmId, StringComparer.Ordinal);
        var devices = session.Query<VmHostDeviceRow>($"SELECT * FROM vm_host_devices WHERE {OfThese} ORDER BY name", ids)
            .ToLookup(device => device.VmId, StringComparer.Ordinal);
        var tags = session.Query<VmTagRow>(
            $"SELECT vm_id, id, name, description FROM vm_tags JOIN tags ON id = tag_id WHERE {OfThese} ORDER BY name", ids)
            .ToLookup(tag => tag.VmId, StringComparer.Ordinal);
        return [.. vms.Select(vm => new VmParts(
            vm,
            clusters[vm.ClusterId],
            [.. pins[vm.Id].OrderBy(host => host.Name, StringComparer.Ordinal)],
            [.. nodes[vm.Id]],
            [.. devices[vm.Id]],
            [.. tags[vm.Id].Select(tag => new TagRow { Id = tag.Id, Name = tag.Name, Description = tag.Description })]))];
    }

    public static void Add(this EngineSession session, VmRow vm) => session.Execute(
        """
        INSERT INTO vms (id, name, description, cluster_id, status, affinity, memory, max_memory, host_id, settings, created, template_id)
        VALUES (@Id, @Name, @Description, @ClusterId, @Status, @Affinity, @Memory, @MaxMemory, @HostId, @Settings, @Created, @TemplateId)
        """,
        vm);

    public static void Update(this EngineSession session, VmRow vm) => session.Execute(
        """
        UPDATE vms SET name = @Name, description = @Description, status = @Status, affinity = @Affinity, memory = @Memory,
            max_memory = @MaxMemory, host_id = @HostId, settings = @Settings, previewed = @Previewed, before_preview = @BeforePreview
        WHERE id = @Id
        """,
        vm);

    /// <summary>Gives a VM a configuration; its host devices do not change.</summary>
    public static void Configure(this EngineSession session, VmRow vm, VmConfiguration configuration)
    {
        session.Update(configuration.Over(vm));
        session.SetPins(vm.Id, configuration.Pins);
        session.Execute("DELETE FROM vm_numa_nodes WHERE vm_id = @Id", vm);
        foreach (var node in configuration.Nodes)
        {
            session.Add(node with { VmId = vm.Id });
        }
    }

    public static void SetPins(this EngineSession session, string vm, IEnumerable<string> hosts)
    {
        session.Execute("DELETE FROM vm_pins WHERE vm_id = @vm", new { vm });
        foreach (var host in hosts)
        {
            session.Execute("INSERT INTO vm_pins (vm_id, host_id) VALUES (@vm, @host)", new { vm, host });
        }
    }

    public static void Add(this EngineSession session, NumaNodeRow node) =>
        session.Execute(
            "INSERT INTO vm_numa_nodes (vm_id, node, memory, host_nodes, cpus) VALUES (@VmId, @Node, @Memory, @HostNodes, @Cpus)", node);

    public static void Add(this EngineSession session, VmHostDeviceRow device) =>
        session.Execute(
            "INSERT INTO vm_host_devices (vm_id, capability, name, identity) VALUES (@VmId, @Capability, @Name, @Identity)", device);

    public static void RemoveHostDevice(this EngineSession session, string vm, string name) =>
        session.Execute("DELETE FROM vm_host_devices WHERE vm_id = @vm AND name = @name", new { vm, name });

    private static IReadOnlyList<VmParts> VmsWhere(this EngineSession session, string condition, object? parameters) =>
        session.WithParts(session.Query<VmRow>($"SELECT * FROM vms WHERE {condition} ORDER BY name", parameters));

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
