using Nvdimm.DevEngine.Fields;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.DevEngine.Storage;

/// <summary>A VM with all that belongs to it.</summary>
/// <param name="Row">The VM itself.</param>
/// <param name="Cluster">Its cluster.</param>
/// <param name="Pins">The hosts that it is pinned to, by name.</param>
/// <param name="NumaNodes">Its NUMA nodes, in order.</param>
/// <param name="HostDevices">Its host devices, in order of their names.</param>
/// <param name="Tags">Its tags.</param>
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
    public VmStatus Status => Words.Status(Row.Status);

    /// <summary>What it was configured with beyond its columns.</summary>
    public VmSettings Settings { get; } = VmSettings.Read(Row.Settings);

    /// <summary>The NUMA nodes that it starts with, in the engine's order: its own, or one that the engine makes.</summary>
    public ValueList<GuestNumaNode> StartNodes => GuestNumaNode.OfEngine(
        NumaNodes.Select(node => new GuestNumaNode((int)node.Node, node.PinnedTo.ToValueList()) { Cpus = node.CpuIds.Count() }).ToValueList(),
        ByteSize.FromBytes(Row.Memory),
        ByteSize.FromBytes(Row.MaxMemory),
        Settings.CanPlugCpus);

    /// <summary>The VM as categories take it.</summary>
    public ManagedVm ToManaged() => new()
    {
        Id = Row.Id,
        Name = Row.Name,
        Architecture = GuestArchitecture.FromName(Cluster.Architecture),
        Status = Status,
        Affinity = Words.Affinity(Row.Affinity),
        PinnedHosts = Pins.Select(host => host.Reference).ToValueList(),
        NumaNodes = StartNodes,
        Memory = ByteSize.FromBytes(Row.Memory),
        MaxMemory = ByteSize.FromBytes(Row.MaxMemory),
        HostDevices = HostDevices.Select(device => new AttachedHostDevice(device.Capability, device.Name, device.Identity)).ToValueList(),
    };
}
