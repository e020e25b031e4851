using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy.Rules;

/// <summary>
/// The guest node that gets the device is backed by the device's host node. Where no guest node is, the engine takes the first one
/// (oVirt Engine 4.5, <c>VmInfoBuildUtils.getMatchingNumaNode</c>).
/// </summary>
internal sealed class NumaMismatchRule() : NvdimmRule(NvdimmCodes.NumaMismatch, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.NumaNode is not null
        let guestNode = GuestNumaNode.ForDevice(context.Vm?.NumaNodes ?? [], device.NumaNode)
        where guestNode is not null && !guestNode.IsPinnedTo(device.NumaNode)
        select Violation(("device", device.Name), ("hostNode", $"{device.NumaNode}"), ("guestNode", $"{guestNode.Index}"));
}
