using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Models;

/// <summary>A VM as the API has it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
public sealed record OvirtVm(string Id, string Name)
{
    /// <summary>
    /// The status. Default: down. A client of the API sets <see cref="VmStatus.Unknown"/>, which nothing takes for down, where the API has no status
    /// or an unknown one.
    /// </summary>
    public VmStatus Status { get; init => field = EnumArgument.Checked(value); }

    /// <summary>Whether it may migrate. Default: migratable.</summary>
    public VmAffinity Affinity { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The ids of the hosts that it is pinned to.</summary>
    public ValueList<string> PinnedHostIds { get; init; } = [];

    /// <summary>The architecture in the API's words. Default: <c>x86_64</c>; null where the API does not define it.</summary>
    public string? Architecture { get; init; } = "x86_64";

    /// <summary>The memory in bytes; null where the API does not say.</summary>
    public ByteSize? Memory { get; init; }

    /// <summary>The largest memory in bytes; null where the API does not say.</summary>
    public ByteSize? MaxMemory { get; init; }

    /// <summary>
    /// Whether vCPUs can be plugged into it (oVirt Engine 4.5, <c>FeatureSupported.hotPlugCpu</c>): not where its vCPUs are pinned by the engine,
    /// a <c>cpu_pinning_policy</c> other than <c>none</c> and <c>manual</c>. Default: true.
    /// </summary>
    public bool CanPlugCpus { get; init; } = true;

    /// <summary>The guest NUMA nodes that the engine starts it with.</summary>
    /// <param name="configured">The nodes in its configuration, in whatever order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="configured"/> is null.</exception>
    public ValueList<GuestNumaNode> StartNodes(IEnumerable<OvirtNumaNode> configured)
    {
        ArgumentNullException.ThrowIfNull(configured);
        var nodes = configured.OrderBy(node => node.Index).Select(node => new GuestNumaNode(node.Index, node.HostNodes) { Cpus = node.Cpus });
        return GuestNumaNode.OfEngine(nodes.ToValueList(), Memory ?? default, MaxMemory ?? Memory ?? default, CanPlugCpus);
    }

    /// <summary>The id of the host that it runs on; null where it does not run.</summary>
    public string? HostId { get; init; }
}
