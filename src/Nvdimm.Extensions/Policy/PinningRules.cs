using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses a VM that is not pinned to a host. The engine checks it when devices are added and removed (oVirt Engine 4.5,
/// <c>AbstractVmHostDevicesCommand.validate</c>), but not at the start.
/// </summary>
internal sealed class VmNotPinnedToHostRule() : NvdimmRule(
    EngineCodes.VmNotPinnedToHost, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Detach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { Vm: not null, PinnedHosts.Count: 0 } && context.AskedOfEngine.Any() ? [FindingOf(context.EngineWords)] : [];
}

/// <summary>
/// Refuses a VM that is pinned to several hosts. The engine checks it when devices are added and removed (oVirt Engine 4.5,
/// <c>AbstractVmHostDevicesCommand.validate</c>), but not at the start.
/// </summary>
internal sealed class VmPinnedToMultipleHostsRule() : NvdimmRule(
    EngineCodes.VmPinnedToMultipleHosts, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Detach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { PinnedHosts.Count: > 1 } && context.AskedOfEngine.Any() ? [FindingOf(context.EngineWords)] : [];
}

/// <summary>Refuses to migrate a VM whose affinity is pinned (oVirt Engine 4.5, <c>VmValidator.canMigrate</c>).</summary>
internal sealed class VmIsPinnedToHostRule() : NvdimmRule(EngineCodes.VmIsPinnedToHost, Severity.Error, HostDeviceOperation.Migrate)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Vm is { Affinity: VmAffinity.Pinned } ? [FindingOf(context.EngineWords)] : [];
}

/// <summary>
/// Refuses to migrate a VM that only users may migrate, unless the user forces it (oVirt Engine 4.5, <c>VmValidator.canMigrate</c>).
/// </summary>
internal sealed class VmIsNonMigratableRule() : NvdimmRule(EngineCodes.VmIsNonMigratable, Severity.Error, HostDeviceOperation.Migrate)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { Vm.Affinity: VmAffinity.UserMigratable, Request.ForceMigration: false } ? [FindingOf(context.EngineWords)] : [];
}

/// <summary>
/// Refuses to change the hosts to which a VM with NVDIMMs is pinned: on any change the engine removes all host devices (oVirt Engine 4.5,
/// <c>UpdateVmCommand.updateVmHostDevices</c>).
/// </summary>
internal sealed class PinningChangeDetachesRule() : NvdimmRule(
    NvdimmCodes.PinningChangeDetaches, Severity.Error, HostDeviceOperation.ChangePinning)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where !context.PinnedHosts.ToHashSet(StringComparer.Ordinal).SetEquals(context.Request.NewPinnedHosts) && !IsReturn(context, wanted)
        select FindingOf(("device", wanted.Name), ("vm", context.VmName));

    /// <summary>
    /// Whether the change pins a VM that lost a device to that device's host again, the only host on which it can be attached.
    /// </summary>
    private static bool IsReturn(PolicyContext context, WantedDevice wanted) =>
        wanted is { IsMissing: true, Attached.RecordedFacts.Host: { } home }
        && context.Request.NewPinnedHosts is [var only]
        && string.Equals(home, only, StringComparison.Ordinal);
}

/// <summary>
/// Refuses a start if the VM lost an NVDIMM that the record says it should have. The engine removes an attachment if the device is missing
/// from one report of the host (oVirt Engine 4.5, <c>RefreshHostDevicesCommand</c>), and then starts the VM without it.
/// </summary>
internal sealed class SilentlyDetachedRule() : NvdimmRule(NvdimmCodes.SilentlyDetached, Severity.Error, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from expected in context.Own?.Missing ?? []
        select FindingOf(("vm", context.VmName), ("device", expected.Name));
}

/// <summary>
/// Refuses if the guest has no NUMA node, configured or created by the engine (<see cref="Sizing.GuestNumaNode.OfEngine"/>). The engine
/// checks it when devices are added and removed (oVirt Engine 4.5, <c>AbstractVmHostDevicesCommand.validate</c>). At the start it does not:
/// the VM starts without the device (<c>LibvirtVmXmlBuilder.writeNvdimmHostDevice</c>).
/// </summary>
internal sealed class NumaUnavailableRule() : NvdimmRule(
    EngineCodes.NumaUnavailable, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Detach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { Vm.NumaNodes.Count: 0 } && context.AskedOfEngine.Any() ? [FindingOf()] : [];
}

/// <summary>
/// Warns if the guest node that gets the device is not pinned to the device's host node. If no guest node is, the engine takes the first
/// one of <see cref="GuestNumaNode.OfEngine"/> (oVirt Engine 4.5, <c>VmInfoBuildUtils.getMatchingNumaNode</c>).
/// </summary>
internal sealed class NumaMismatchRule() : NvdimmRule(
    NvdimmCodes.NumaMismatch, Severity.Warning, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let nodes = context.Vm?.NumaNodes ?? []
        let chosen = GuestNumaNode.ForDevice(nodes, device.NumaNode)
        let mismatch = chosen is null ? null : NumaPlacement.Mismatch(device, nodes, chosen)
        where mismatch is not null
        select mismatch;
}
