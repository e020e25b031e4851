using Nvdimm.DevEngine.Fields;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.DevEngine.Storage;

/// <summary>A VM with all its related data.</summary>
/// <param name="Row">The VM itself.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Pins">The hosts that the VM is pinned to, by name.</param>
/// <param name="NumaNodes">The NUMA nodes, in order.</param>
/// <param name="HostDevices">The host devices, by name.</param>
/// <param name="Tags">The tags.</param>
internal sealed record VmParts(
    VmRow Row,
    ClusterRow Cluster,
    IReadOnlyList<HostRow> Pins,
    IReadOnlyList<NumaNodeRow> NumaNodes,
    IReadOnlyList<VmHostDeviceRow> HostDevices,
    IReadOnlyList<TagRow> Tags)
{
    public string Id => Row.Id;

    public string Name => Row.Name;

    /// <summary>The status.</summary>
    public VmStatus Status => StatusWords.Status(Row.Status);

    /// <summary>The settings beyond the columns.</summary>
    public VmSettings Settings { get; } = VmSettings.Read(Row.Settings);

    /// <summary>The NUMA nodes of a start, in the engine's order: the VM's own, or the one that the engine creates.</summary>
    public ValueList<GuestNumaNode> StartNodes => GuestNumaNode.OfEngine(
        NumaNodes.Select(node => new GuestNumaNode((int)node.Node, node.PinnedTo.ToValueList()) { Cpus = node.CpuIds.Count() })
            .ToValueList(),
        ByteSize.FromBytes(Row.Memory),
        ByteSize.FromBytes(Row.MaxMemory),
        Settings.CanPlugCpus);

    /// <summary>The VM in the form that categories take.</summary>
    public ManagedVm ToManaged() => new()
    {
        Id = Row.Id,
        Name = Row.Name,
        Architecture = GuestArchitecture.FromName(Cluster.Architecture),
        Status = Status,
        Affinity = StatusWords.Affinity(Row.Affinity),
        PinnedHosts = Pins.Select(host => host.Reference).ToValueList(),
        NumaNodes = StartNodes,
        Memory = ByteSize.FromBytes(Row.Memory),
        MaxMemory = ByteSize.FromBytes(Row.MaxMemory),
        HostDevices = HostDevices.Select(device => new AttachedHostDevice(device.Capability, device.Name, device.Identity)).ToValueList(),
    };
}
