namespace Nvdimm.Extensions.Sizing;

/// <summary>A NUMA node of a guest.</summary>
/// <param name="Index">Its number in the guest, from 0.</param>
/// <param name="HostNodes">The host nodes that its memory is pinned to; empty where it is not pinned.</param>
public sealed record GuestNumaNode(int Index, ValueList<int> HostNodes)
{
    /// <summary>
    /// The guest node for a device: the first whose memory is pinned to exactly the device's host node, otherwise the first one
    /// (oVirt Engine 4.5, <c>VmInfoBuildUtils.getMatchingNumaNode</c>).
    /// </summary>
    /// <param name="guestNodes">The guest's nodes, in order.</param>
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
