namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The device can be sized for the VM. The engine checks nothing when a device is attached, and cannot start the VM with one whose size is missing
/// or that it cannot align: <c>VmInfoBuildUtils.getNvdimmTotalSize</c> throws while <c>LibvirtVmXmlBuilder.writeMaxMemory</c> writes the sum, before
/// any device (oVirt Engine 4.4.4 to 4.5.7).
/// </summary>
internal sealed class SizeRefusedRule() : NvdimmRule(NvdimmCodes.SizeRefused, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let sized = context.LayoutFor(device)
        where sized is { IsRefused: true }
        let findings = sized.Value.Findings
        select Violation(("device", device.Name), ("vm", context.VmName), ("codes", Reasons.Codes(findings)), ("reasons", Reasons.Texts(findings)));
}
