using System.Globalization;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses to remove a host to which VMs are pinned. The engine makes this check before all checks of host devices (oVirt Engine 4.5,
/// <c>RemoveVdsCommand.validate</c>).
/// </summary>
internal sealed class DetectedPinnedVmsRule() : NvdimmRule(EngineCodes.DetectedPinnedVms, Severity.Error, HostDeviceOperation.RemoveHost)
{
    internal override IEnumerable<Finding> Check(PolicyContext context)
    {
        var host = context.Request.Host?.Name;
        var names = (context.Vm is { } vm ? context.Request.OtherVms.Prepend(vm) : context.Request.OtherVms)
            .Where(other => host is not null
                && other.Affinity == VmAffinity.Pinned
                && other.PinnedHosts.Contains(host, StringComparer.Ordinal))
            .Select(other => other.Name)
            .Distinct(StringComparer.Ordinal)
            .ToValueList();
        return names.Count > 0 ? [FindingOf([.. context.EngineWords, ("VmNames", string.Join(',', names))])] : [];
    }
}

/// <summary>
/// Refuses to remove a host that has NVDIMMs which VMs have or should have (oVirt Engine 4.5, <c>RemoveVdsCommand.validate</c>).
/// </summary>
internal sealed class DetectedAssignedHostDevicesRule() : NvdimmRule(
    EngineCodes.DetectedAssignedHostDevices, Severity.Error, HostDeviceOperation.RemoveHost)
{
    internal override IEnumerable<Finding> Check(PolicyContext context)
    {
        var names = (context.Vm is { } vm ? context.Request.OtherVms.Prepend(vm) : context.Request.OtherVms)
            .Where(other => OwnNvdimms.Of(other).MayBeOn(context.Request.Host?.Name))
            .Select(other => other.Name)
            .Distinct(StringComparer.Ordinal)
            .ToValueList();
        return names.Count > 0 ? [FindingOf([.. context.EngineWords, ("VmNames", string.Join(',', names))])] : [];
    }
}

/// <summary>Warns if the list of the host's devices is incomplete.</summary>
internal sealed class ListingIncompleteRule() : NvdimmRule(
    NvdimmCodes.ListingIncomplete, Severity.Warning, HostDeviceOperation.Attach, HostDeviceOperation.Detach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { Host.IsComplete: false, Wanted.Count: > 0 } ? [FindingOf(("host", context.HostName))] : [];
}

/// <summary>
/// Refuses if nothing is known of the host to which the VM is pinned: without its devices, none can be checked. A VM that is not pinned to
/// exactly one host is refused for that, because there is no host to ask.
/// </summary>
internal sealed class HostUnknownRule() : NvdimmRule(
    NvdimmCodes.InventoryUnavailable,
    Severity.Error,
    HostDeviceOperation.Attach,
    HostDeviceOperation.Start,
    HostDeviceOperation.MemoryHotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { Request: { Host: null, AllowsUnknownHost: false }, Wanted.Count: > 0, PinnedHosts: [var host] }
            ? [FindingOf(("host", host), ("reason", "it was not asked"))]
            : [];
}

/// <summary>Warns if it is not known whether the host itself uses the device.</summary>
internal sealed class HostUseUnknownRule() : NvdimmRule(
    NvdimmCodes.HostUseUnknown, Severity.Warning, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let finding = device.FindingOf(NvdimmCodes.HostUseUnknown)
        where finding is not null
        select FindingOf(("device", device.Name), ("reason", finding["reason"] ?? "unknown"));
}

/// <summary>Refuses a device that the host itself uses.</summary>
internal sealed class InUseByHostRule()
    : NvdimmRule(NvdimmCodes.InUseByHost, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let finding = device.FindingOf(NvdimmCodes.InUseByHost)
        where finding is not null || device.Use is { Uses.Count: > 0 }
        select FindingOf(("device", device.Name), ("use", finding?["use"] ?? string.Join(", ", device.Use?.Uses ?? [])));
}

/// <summary>Refuses a read-only device.</summary>
internal sealed class ReadOnlyRule()
    : NvdimmRule(NvdimmCodes.ReadOnly, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let finding = device.FindingOf(NvdimmCodes.ReadOnly)
        where finding is not null || device.Use is { IsReadOnly: true }
        select FindingOf(("device", device.Name), ("reason", finding?["reason"] ?? "the kernel refuses writes to it"));
}

/// <summary>Warns if the kernel knows bad blocks on the device.</summary>
internal sealed class BadBlocksRule()
    : NvdimmRule(NvdimmCodes.BadBlocks, Severity.Warning, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.BadBlockCount > 0
        select FindingOf(("device", device.Name), ("count", device.BadBlockCount.ToString(CultureInfo.InvariantCulture)));
}
