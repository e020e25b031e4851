namespace Nvdimm.Extensions.Engine.Models;

/// <summary>A guest NUMA node as the API returns it.</summary>
/// <param name="Index">The node's number in the guest, from 0.</param>
/// <param name="HostNodes">The host nodes to which it is pinned.</param>
public sealed record OvirtNumaNode(int Index, ValueList<int> HostNodes)
{
    /// <summary>The number of vCPUs on the node. Default: 0, if the API does not state it.</summary>
    public int Cpus { get; init; }
}
