namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses a device that cannot be sized for the VM. The engine accepts the attach. If the size is missing or cannot be aligned, it then
/// cannot start the VM: <c>VmInfoBuildUtils.getNvdimmTotalSize</c> throws while <c>LibvirtVmXmlBuilder.writeMaxMemory</c> writes the sum,
/// before any device is written (oVirt Engine 4.4.4 to 4.5.7).
/// </summary>
internal sealed class SizeRefusedRule() : NvdimmRule(NvdimmCodes.SizeRefused, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let sized = context.LayoutFor(device)
        where sized is { IsRefused: true }
        let findings = sized.Value.Findings
        select Violation(
            ("device", device.Name),
            ("vm", context.VmName),
            ("codes", Reasons.Codes(findings)),
            ("reasons", Reasons.Texts(findings)));
}
