using Nvdimm.Extensions.Engine.Models;

namespace Nvdimm.Extensions.Testing;

/// <summary>A VM of the in-memory engine, with what hangs on it.</summary>
/// <param name="Vm">The VM.</param>
internal sealed record InMemoryVm(OvirtVm Vm)
{
    public ValueList<OvirtNumaNode> NumaNodes { get; init; } = [];

    public ValueList<string> HostDevices { get; init; } = [];

    public ValueList<OvirtSnapshot> Snapshots { get; init; } = [];

    /// <summary>The devices that it runs with; empty while it does not run.</summary>
    public ValueList<string> Used { get; init; } = [];
}
