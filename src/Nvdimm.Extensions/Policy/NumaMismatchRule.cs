using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Warns if the guest node that gets the device is not pinned to the device's host node. If no guest node is, the engine takes the first
/// one of <see cref="GuestNumaNode.OfEngine"/> (oVirt Engine 4.5, <c>VmInfoBuildUtils.getMatchingNumaNode</c>).
/// </summary>
internal sealed class NumaMismatchRule() : NvdimmRule(
    NvdimmCodes.NumaMismatch, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let nodes = context.Vm?.NumaNodes ?? []
        let chosen = GuestNumaNode.ForDevice(nodes, device.NumaNode)
        let mismatch = chosen is null ? null : NumaPlacement.Mismatch(device, nodes, chosen)
        where mismatch is not null
        select mismatch;
}
