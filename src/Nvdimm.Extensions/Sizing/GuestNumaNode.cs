namespace Nvdimm.Extensions.Sizing;

/// <summary>A NUMA node of a guest.</summary>
/// <param name="Index">Its number in the guest, from 0.</param>
/// <param name="HostNodes">The host nodes that its memory is pinned to; empty where it is not pinned.</param>
public sealed record GuestNumaNode(int Index, ValueList<int> HostNodes)
{
    /// <summary>How many vCPUs are configured on it, without those that can be plugged later. Default: 0, not known.</summary>
    public int Cpus { get; init; }

    /// <summary>
    /// The nodes that an oVirt engine starts a VM with, in the order in which it looks for the one of a device (oVirt Engine 4.4.4 to 4.5.7,
    /// <c>VmInfoBuildUtils.getVmNumaNodes</c>). Where vCPUs can be plugged, the engine puts the node with the fewest first. A VM without configured
    /// nodes gets a node 0 if vCPUs or memory can be plugged, and otherwise none: then an NVDIMM cannot be used.
    /// </summary>
    /// <remarks>
    /// A VM that already has as many vCPUs as the engine allows cannot get more, whatever <paramref name="canPlugCpus"/> says. That limit is in the
    /// engine's configuration and not in its API.
    /// </remarks>
    /// <param name="configured">The nodes in the configuration of the VM, in order of their numbers.</param>
    /// <param name="memory">The memory of the VM. The engine compares whole MiB.</param>
    /// <param name="maxMemory">The most memory that it can have.</param>
    /// <param name="canPlugCpus">Whether vCPUs can be plugged: for every VM but those with dedicated vCPUs.</param>
    /// <exception cref="ArgumentNullException"><paramref name="configured"/> is null.</exception>
    public static ValueList<GuestNumaNode> OfEngine(ValueList<GuestNumaNode> configured, ByteSize memory, ByteSize maxMemory, bool canPlugCpus)
    {
        ArgumentNullException.ThrowIfNull(configured);
        const long MiB = 1L << 20;
        return configured.Count > 0 ? canPlugCpus ? configured.OrderBy(node => node.Cpus).ToValueList() : configured
            : canPlugCpus || maxMemory.Bytes / MiB > memory.Bytes / MiB ? [new GuestNumaNode(0, [])]
            : [];
    }

    /// <summary>
    /// The guest node for a device: the first whose memory is pinned to exactly the device's host node, otherwise the first one
    /// (oVirt Engine 4.5, <c>VmInfoBuildUtils.getMatchingNumaNode</c>).
    /// </summary>
    /// <param name="guestNodes">The guest's nodes, in the order in which they are looked at: for a VM of an engine that of <see cref="OfEngine"/>.</param>
    /// <param name="hostNode">The device's host node; null where the kernel knows none.</param>
    /// <returns>The node, or null where the guest has none: then an NVDIMM cannot be used.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="guestNodes"/> is null.</exception>
    public static GuestNumaNode? ForDevice(IReadOnlyList<GuestNumaNode> guestNodes, int? hostNode)
    {
        ArgumentNullException.ThrowIfNull(guestNodes);
        return guestNodes.FirstOrDefault(node => node.IsPinnedTo(hostNode)) ?? (guestNodes.Count > 0 ? guestNodes[0] : null);
    }

    /// <summary>Whether its memory is pinned to exactly this host node.</summary>
    public bool IsPinnedTo(int? hostNode) => hostNode is { } node && HostNodes.Count == 1 && HostNodes[0] == node;
}
