using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Warns if the VM already has the device. The engine reports success (oVirt Engine 4.5, <c>AddVmHostDevicesCommand.executeCommand</c>).
/// </summary>
internal sealed class AlreadyAttachedRule() : NvdimmRule(NvdimmCodes.AlreadyAttached, Severity.Warning, HostDeviceOperation.Attach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where wanted.Attached is not null
        select FindingOf(("device", wanted.Name), ("vm", context.VmName));
}

/// <summary>
/// Refuses a device that the VM's configuration has under the name which the device had when it was attached. The record follows the
/// device to its new name; the engine would keep the former name, and start the VM with whatever device has that name by then.
/// </summary>
internal sealed class AttachedUnderFormerNameRule() : NvdimmRule(
    NvdimmCodes.AttachedUnderFormerName, Severity.Error, HostDeviceOperation.Attach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        from own in context.Own?.Configured ?? []
        where wanted.Device is not null
            && !string.Equals(own.Name, wanted.Name, StringComparison.Ordinal)
            && Sameness.Compare(own.Facts, wanted.FactsOn(host: null)).IsSame
        select FindingOf(("device", wanted.Name), ("vm", context.VmName), ("former", own.Name));
}

/// <summary>
/// Refuses to remove a device that the VM neither has nor should have. The engine reports success, which hides a mistyped name.
/// </summary>
internal sealed class NotAttachedRule() : NvdimmRule(NvdimmCodes.NotAttached, Severity.Error, HostDeviceOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where context.Vm is not null && wanted.Attached is null
        select FindingOf(("device", wanted.Name), ("vm", context.VmName));
}

/// <summary>
/// Refuses a device that another VM has, running or not. The engine does not check it (oVirt Engine 4.5, <c>AddVmHostDevicesCommand</c>),
/// and neither libvirt nor QEMU locks a device. An import keeps the host devices of a VM that is pinned to one existing host, and drops
/// those of any other VM (<c>VmDeviceUtils.addImportedOtherDevices</c>).
/// </summary>
internal sealed class UsedByOtherVmRule() : NvdimmRule(
    NvdimmCodes.UsedByOtherVm, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Start, HostDeviceOperation.Import)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where context.Request.Operation != HostDeviceOperation.Import || context.PinnedHosts.Count == 1
        let others = string.Join(", ", context.OtherUsersOf(wanted).Select(other => other.Name))
        where others.Length > 0
        select FindingOf(("device", wanted.Name), ("otherVm", others));
}

/// <summary>
/// Refuses a copy of a VM with NVDIMMs that keeps the pinning: then the engine copies the host devices, too (oVirt Engine 4.5,
/// <c>VmDeviceUtils.canCopyHostDevices</c>).
/// </summary>
internal sealed class CloneSharesDeviceRule() : NvdimmRule(
    NvdimmCodes.CloneSharesDevice, Severity.Error, HostDeviceOperation.Clone, HostDeviceOperation.Template)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where !context.Request.CopyIsPinnedElsewhere
        select FindingOf(("device", wanted.Name), ("vm", context.VmName));
}

/// <summary>Refuses to plug an NVDIMM into a running VM: oVirt cannot do it, although libvirt and QEMU can.</summary>
internal sealed class HotPlugUnsupportedRule() : NvdimmRule(NvdimmCodes.HotPlugUnsupported, Severity.Error, HostDeviceOperation.HotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where context.Vm is not null
        select FindingOf(("device", wanted.Name), ("vm", context.VmName));
}

/// <summary>
/// Refuses to unplug an NVDIMM from a running VM: QEMU cannot do it (QEMU v7.2.0, <c>hw/i386/pc.c</c>, pc_memory_unplug_request).
/// </summary>
internal sealed class HotUnplugUnsupportedRule()
    : NvdimmRule(NvdimmCodes.HotUnplugUnsupported, Severity.Error, HostDeviceOperation.HotUnplug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where context.Vm is not null
        select FindingOf(("device", wanted.Name), ("vm", context.VmName));
}
