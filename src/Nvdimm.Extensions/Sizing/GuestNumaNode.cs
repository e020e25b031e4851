namespace Nvdimm.Extensions.Sizing;

/// <summary>A NUMA node of a guest.</summary>
/// <param name="Index">The node's number in the guest, from 0.</param>
/// <param name="HostNodes">The host nodes to which its memory is pinned; empty if it is not pinned.</param>
public sealed record GuestNumaNode(int Index, ValueList<int> HostNodes)
{
    /// <summary>The number of vCPUs on the node at start, without those that can be hot-plugged. Default: 0, not known.</summary>
    public int Cpus { get; init; }

    /// <summary>
    /// The nodes with which an oVirt engine starts a VM, in the order in which the engine searches them for a device (oVirt Engine 4.4.4 to
    /// 4.5.7, <c>VmInfoBuildUtils.getVmNumaNodes</c>). If vCPUs can be hot-plugged, the node with the fewest vCPUs comes first. A VM
    /// without configured nodes gets a node 0 if vCPUs or memory can be hot-plugged. Otherwise it gets no node, and cannot use an NVDIMM.
    /// </summary>
    /// <remarks>
    /// A VM that already has the engine's maximum number of vCPUs cannot get more, whatever <paramref name="canPlugCpus"/> says. The
    /// engine's configuration has that limit; its API does not show it.
    /// </remarks>
    /// <param name="configured">The nodes in the VM's configuration, by number.</param>
    /// <param name="memory">The VM's memory. The engine compares whole MiB, rounded down.</param>
    /// <param name="maxMemory">The VM's maximum memory.</param>
    /// <param name="canPlugCpus">Whether vCPUs can be hot-plugged: true for every VM without dedicated vCPUs.</param>
    /// <exception cref="ArgumentNullException"><paramref name="configured"/> is null.</exception>
    public static ValueList<GuestNumaNode> OfEngine(
        IReadOnlyCollection<GuestNumaNode> configured, ByteSize memory, ByteSize maxMemory, bool canPlugCpus)
    {
        ArgumentNullException.ThrowIfNull(configured);
        const long MiB = 1L << 20;
        return configured.Count > 0 ? canPlugCpus ? configured.OrderBy(node => node.Cpus).ToValueList() : configured.ToValueList()
            : canPlugCpus || maxMemory.Bytes / MiB > memory.Bytes / MiB ? [new GuestNumaNode(0, [])]
            : [];
    }

    /// <summary>
    /// The guest node for a device: the first node whose memory is pinned to exactly the device's host node, otherwise the first node
    /// (oVirt Engine 4.5, <c>VmInfoBuildUtils.getMatchingNumaNode</c>).
    /// </summary>
    /// <param name="guestNodes">The guest's nodes in search order. For a VM of an engine, take the order of <see cref="OfEngine"/>.</param>
    /// <param name="hostNode">The device's host node; null if the kernel knows none.</param>
    /// <returns>The node; null if the guest has no node, and so cannot use an NVDIMM.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="guestNodes"/> is null.</exception>
    public static GuestNumaNode? ForDevice(IReadOnlyList<GuestNumaNode> guestNodes, int? hostNode)
    {
        ArgumentNullException.ThrowIfNull(guestNodes);
        return guestNodes.FirstOrDefault(node => node.IsPinnedTo(hostNode)) ?? (guestNodes.Count > 0 ? guestNodes[0] : null);
    }

    /// <summary>Whether the node's memory is pinned to exactly this host node. False for null.</summary>
    public bool IsPinnedTo(int? hostNode) => hostNode is { } node && HostNodes.Count == 1 && HostNodes[0] == node;
}
