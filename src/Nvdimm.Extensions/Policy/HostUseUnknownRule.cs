namespace Nvdimm.Extensions.Policy;

/// <summary>Warns if it is not known whether the host itself uses the device.</summary>
internal sealed class HostUseUnknownRule() : NvdimmRule(
    NvdimmCodes.HostUseUnknown, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let finding = device.FindingOf(NvdimmCodes.HostUseUnknown)
        where finding is not null
        select Violation(("device", device.Name), ("reason", finding["reason"] ?? "unknown"));
}
