using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>Compares the host node of a device with the guest node that gets it.</summary>
public static class NumaPlacement
{
    /// <summary>
    /// Warns if the guest sees a device on a node whose memory is pinned to another host node than the device's. Then every access crosses
    /// nodes and is slower; no data is lost.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="nodes">The guest's nodes.</param>
    /// <param name="chosen">The guest node that gets the device.</param>
    /// <returns>
    /// <see cref="NvdimmCodes.NumaMismatch"/> with the host node, the target node and the guest node to use instead; null if the chosen
    /// node is right, or the kernel knows no host node of the device.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Finding? Mismatch(NvdimmDevice device, IReadOnlyList<GuestNumaNode> nodes, GuestNumaNode chosen)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(chosen);
        return device.NumaNode is not { } host || chosen.IsPinnedTo(host)
            ? null
            : Finding.Warning(
                NvdimmCodes.NumaMismatch,
                ("device", device.Name),
                ("hostNode", $"{host}"),
                ("targetNode", device.TargetNode is { } target ? $"{target}" : "none"),
                ("guestNode", $"{chosen.Index}"),
                (
                    "rightNode",
                    nodes.FirstOrDefault(node => node.IsPinnedTo(host)) is { } right
                        ? $"guest node {right.Index}"
                        : "none, as no guest node is pinned there"));
    }
}
