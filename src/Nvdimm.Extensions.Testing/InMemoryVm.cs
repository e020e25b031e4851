using Nvdimm.Extensions.Engine.Models;

namespace Nvdimm.Extensions.Testing;

/// <summary>A VM of the in-memory engine, with its NUMA nodes, host devices and snapshots.</summary>
/// <param name="Vm">The VM.</param>
internal sealed record InMemoryVm(OvirtVm Vm)
{
    public ValueList<OvirtNumaNode> NumaNodes { get; init; } = [];

    public ValueList<string> HostDevices { get; init; } = [];

    public ValueList<OvirtSnapshot> Snapshots { get; init; } = [];

    /// <summary>The devices that the VM runs with; empty while it is not running.</summary>
    public ValueList<string> Used { get; init; } = [];
}
