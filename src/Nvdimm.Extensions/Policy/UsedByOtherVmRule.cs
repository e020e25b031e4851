namespace Nvdimm.Extensions.Policy;

/// <summary>
/// No other VM has the device configured, running or not. The engine does not ask (oVirt Engine 4.5,
/// <c>AddVmHostDevicesCommand</c>), and below it nothing locks a device. An import keeps the host devices of a VM that is pinned to one host that is
/// there, and drops those of any other (<c>VmDeviceUtils.addImportedOtherDevices</c>).
/// </summary>
internal sealed class UsedByOtherVmRule() : NvdimmRule(
    NvdimmCodes.UsedByOtherVm, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start, NvdimmOperation.Import)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where context.Request.Operation != NvdimmOperation.Import || context.PinnedHosts.Count == 1
        let others = string.Join(", ", context.OtherUsersOf(wanted).Select(other => other.Name))
        where others.Length > 0
        select Violation(("device", wanted.Name), ("otherVm", others));
}
