using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Warns if the backing may lose synced data when the host crashes. The page cache maps a block device, which oVirt passes for every mode
/// but devdax, and a regular file on a file system without DAX; neither guarantees persistence.
/// </summary>
internal sealed class PersistenceNotGuaranteedRule() : NvdimmRule(
    NvdimmCodes.PersistenceNotGuaranteed, Severity.Warning, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.Persistence == BackingPersistence.PageCache
        select FindingOf(("device", device.Name));
}

/// <summary>
/// Warns if the device's mode has no DAX. The engine declares every device as persistent memory (oVirt Engine 4.5,
/// <c>LibvirtVmXmlBuilder.writeNvdimmHostDevice</c>).
/// </summary>
internal sealed class ModeWithoutDaxRule() : NvdimmRule(
    NvdimmCodes.ModeWithoutDax, Severity.Warning, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.Mode is NamespaceMode.Raw or NamespaceMode.Sector
        select FindingOf(("device", device.Name), ("mode", device.ReportedMode ?? device.Mode.ToString().ToLowerInvariant()));
}

/// <summary>Warns if SELinux keeps QEMU from opening the dax device, or may (bugzilla 1855336).</summary>
internal sealed class DevdaxSelinuxRule() : NvdimmRule(
    NvdimmCodes.DevdaxSelinux, Severity.Warning, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let selinux = context.Host?.Selinux
        where device.IsDevdax && selinux is SelinuxState.Enforcing or SelinuxState.Unknown
        select FindingOf(("device", device.Name), ("selinux", $"{selinux}".ToLowerInvariant()), ("host", context.HostName));
}

/// <summary>Warns that a snapshot of the disks does not include the content of an NVDIMM. The engine does not warn.</summary>
internal sealed class ContentNotInSnapshotRule()
    : NvdimmRule(NvdimmCodes.ContentNotInSnapshot, Severity.Warning, HostDeviceOperation.Snapshot)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        select FindingOf(("device", wanted.Name));
}

/// <summary>Warns that going back to a snapshot leaves the content of an NVDIMM unchanged. The engine does not warn.</summary>
internal sealed class ContentNotRevertedRule() : NvdimmRule(
    NvdimmCodes.ContentNotReverted, Severity.Warning, HostDeviceOperation.SnapshotRestore)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        select FindingOf(("device", wanted.Name));
}
