namespace Nvdimm.Extensions.Policy;

/// <summary>Refuses to attach or detach if no device is named (oVirt Engine 4.5, <c>AbstractVmHostDevicesCommand.validate</c>).</summary>
internal sealed class DeviceMustBeSpecifiedRule() : NvdimmRule(
    EngineCodes.DeviceMustBeSpecified, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Request.Devices.Count == 0 ? [FindingOf(context.EngineWords)] : [];
}

/// <summary>Refuses every operation on a VM that does not exist (oVirt Engine 4.5, <c>AbstractVmHostDevicesCommand.validate</c>).</summary>
internal sealed class VmNotFoundRule() : NvdimmRule(
    EngineCodes.VmNotFound,
    Severity.Error,
    HostDeviceOperation.Attach,
    HostDeviceOperation.Detach,
    HostDeviceOperation.Start,
    HostDeviceOperation.Snapshot,
    HostDeviceOperation.SnapshotWithMemory,
    HostDeviceOperation.SnapshotRestore,
    HostDeviceOperation.Hibernate,
    HostDeviceOperation.Migrate,
    HostDeviceOperation.MemoryHotPlug,
    HostDeviceOperation.ChangePinning,
    HostDeviceOperation.Clone,
    HostDeviceOperation.Template,
    HostDeviceOperation.Import)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) => context.Vm is null ? [FindingOf(context.EngineWords)] : [];
}

/// <summary>
/// Refuses to add or remove devices unless the VM is down. The engine refuses hot plug and hot unplug with the same check (oVirt Engine
/// 4.5, <c>AbstractVmHostDevicesCommand.validate</c>).
/// </summary>
internal sealed class VmStatusIllegalRule() : NvdimmRule(
    EngineCodes.VmStatusIllegal, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Vm is { Status: not VmStatus.Down } vm
            ? [FindingOf([.. context.EngineWords, ("vmStatus", VmStatusWords.Of(vm.Status))])]
            : [];
}

/// <summary>
/// Refuses if a device is missing on the host to which the VM is pinned, with one finding for all devices (oVirt Engine 4.5,
/// <c>AbstractVmHostDevicesCommand.getHostDevices</c>).
/// </summary>
internal sealed class HostDeviceNotFoundRule() : NvdimmRule(
    EngineCodes.HostDeviceNotFound, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.IsAnyMissing ? [FindingOf(context.EngineWords)] : [];
}

/// <summary>
/// Refuses a start if a device is missing on the host to which the VM is pinned, or another running VM has it. The engine checks only the
/// latter (oVirt Engine 4.5, <c>RunVmCommand.validate</c>, <c>CheckVmHostDeviceAvailability</c>).
/// </summary>
internal sealed class HostDeviceNotAvailableRule()
    : NvdimmRule(EngineCodes.HostDeviceNotAvailable, Severity.Error, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Wanted.Count > 0 && (context.IsAnyMissing || context.IsAnyInUse) ? [FindingOf(context.EngineWords)] : [];
}

/// <summary>
/// Refuses a start if another VM that may be running has one of the devices. The engine uses this code for SCSI devices only (oVirt Engine
/// 4.5, <c>AddVmHostDevicesCommand.validate</c>).
/// </summary>
internal sealed class HostDeviceAlreadyInUseRule()
    : NvdimmRule(EngineCodes.HostDeviceAlreadyInUse, Severity.Error, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.IsAnyInUse ? [FindingOf(context.EngineWords)] : [];
}

/// <summary>
/// Refuses to save the memory of a VM with NVDIMMs (oVirt Engine 4.5, <c>VmValidator.vmNotHavingNvdimmDevices</c>): restoring it would
/// overwrite the device with old content. Refuses to migrate such a VM whatever its affinity: QEMU would overwrite the backing on the
/// target.
/// </summary>
internal sealed class VmHasAttachedNvdimmDevicesRule() : NvdimmRule(
    EngineCodes.VmHasAttachedNvdimmDevices,
    Severity.Error,
    HostDeviceOperation.SnapshotWithMemory,
    HostDeviceOperation.Hibernate,
    HostDeviceOperation.Migrate)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Wanted.Count > 0 ? [FindingOf(context.EngineWords)] : [];
}

/// <summary>
/// Warns if the engine cannot remove the attachment. It makes the same checks as for adding one (oVirt Engine 4.5,
/// <c>AbstractVmHostDevicesCommand.validate</c>), so it removes nothing from a VM that is not pinned or whose device has vanished.
/// </summary>
internal sealed class DetachBlockedByEngineRule()
    : NvdimmRule(NvdimmCodes.DetachBlockedByEngine, Severity.Warning, HostDeviceOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.AskedOfEngine
        where wanted.Attached is not null && (context.PinnedHosts.Count != 1 || !context.IsRemovable(wanted))
        select FindingOf(("device", wanted.Name), ("vm", context.VmName));
}
