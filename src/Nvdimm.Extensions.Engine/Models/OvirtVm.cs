using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Models;

/// <summary>A VM as the API returns it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
public sealed record OvirtVm(string Id, string Name)
{
    /// <summary>
    /// The status. Default: down. If the API has no status or an unknown one, a client sets <see cref="VmStatus.Unknown"/>, which no rule
    /// treats as down.
    /// </summary>
    public VmStatus Status { get; init => field = EnumArgument.Checked(value, last: VmStatus.WaitForLaunch); }

    /// <summary>Whether the VM may migrate. Default: migratable.</summary>
    public VmAffinity Affinity { get; init => field = EnumArgument.Checked(value, last: VmAffinity.Pinned); }

    /// <summary>The ids of the hosts to which the VM is pinned.</summary>
    public ValueList<string> PinnedHostIds { get; init; } = [];

    /// <summary>The architecture in the API's words. Default: <c>x86_64</c>; null if the API does not state it.</summary>
    public string? Architecture { get; init; } = "x86_64";

    /// <summary>The memory in bytes; null if the API does not state it.</summary>
    public ByteSize? Memory { get; init; }

    /// <summary>The maximum memory in bytes; null if the API does not state it.</summary>
    public ByteSize? MaxMemory { get; init; }

    /// <summary>
    /// Whether vCPUs can be hot-plugged (oVirt Engine 4.5, <c>FeatureSupported.hotPlugCpu</c>): false if the engine pins the vCPUs, that is
    /// for a <c>cpu_pinning_policy</c> other than <c>none</c> and <c>manual</c>. Default: true.
    /// </summary>
    public bool CanPlugCpus { get; init; } = true;

    /// <summary>The guest NUMA nodes with which the engine starts the VM.</summary>
    /// <param name="configured">The nodes in its configuration, in any order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="configured"/> is null.</exception>
    public ValueList<GuestNumaNode> StartNodes(IEnumerable<OvirtNumaNode> configured)
    {
        ArgumentNullException.ThrowIfNull(configured);
        var nodes = configured
            .OrderBy(node => node.Index)
            .Select(node => new GuestNumaNode(node.Index, node.HostNodes) { Cpus = node.Cpus });
        return GuestNumaNode.OfEngine(nodes.ToValueList(), Memory ?? default, MaxMemory ?? Memory ?? default, CanPlugCpus);
    }

    /// <summary>The id of the host on which the VM is running; null if it is not running.</summary>
    public string? HostId { get; init; }

    /// <summary>The id of the cluster; null if the API does not state it.</summary>
    public string? ClusterId { get; init; }
}

/// <summary>A guest NUMA node as the API returns it.</summary>
/// <param name="Index">The node's number in the guest, from 0.</param>
/// <param name="HostNodes">The host nodes to which it is pinned.</param>
public sealed record OvirtNumaNode(int Index, ValueList<int> HostNodes)
{
    /// <summary>The number of vCPUs on the node. Default: 0, if the API does not state it.</summary>
    public int Cpus { get; init; }
}
