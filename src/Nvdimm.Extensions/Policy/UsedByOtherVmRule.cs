namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses a device that another VM has, running or not. The engine does not check it (oVirt Engine 4.5, <c>AddVmHostDevicesCommand</c>),
/// and neither libvirt nor QEMU locks a device. An import keeps the host devices of a VM that is pinned to one existing host, and drops
/// those of any other VM (<c>VmDeviceUtils.addImportedOtherDevices</c>).
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
