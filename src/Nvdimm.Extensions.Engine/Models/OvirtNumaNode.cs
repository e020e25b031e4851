namespace Nvdimm.Extensions.Engine.Models;

/// <summary>A guest NUMA node as the API has it.</summary>
/// <param name="Index">Its number in the guest, from 0.</param>
/// <param name="HostNodes">The host nodes that it is pinned to.</param>
public sealed record OvirtNumaNode(int Index, ValueList<int> HostNodes)
{
    /// <summary>How many vCPUs are on it. Default: 0; a client of the API sets it where the API says so.</summary>
    public int Cpus { get; init; }
}
