using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Warns if the device's mode has no DAX. The engine declares every device as persistent memory (oVirt Engine 4.5,
/// <c>LibvirtVmXmlBuilder.writeNvdimmHostDevice</c>).
/// </summary>
internal sealed class ModeWithoutDaxRule() : NvdimmRule(
    NvdimmCodes.ModeWithoutDax, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.Mode is NamespaceMode.Raw or NamespaceMode.Sector
        select Violation(("device", device.Name), ("mode", device.ReportedMode ?? device.Mode.ToString().ToLowerInvariant()));
}
