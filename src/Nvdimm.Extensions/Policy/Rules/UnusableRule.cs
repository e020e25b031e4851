using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy.Rules;

/// <summary>The device has no finding that is an error. Read-only devices and those that the host uses have their own rules.</summary>
internal sealed class UnusableRule() : NvdimmRule(NvdimmCodes.Unusable, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let reasons = Reasons(device)
        where reasons.Length > 0
        select Violation(("device", device.Name), ("reasons", reasons));

    private static string Reasons(NvdimmDevice device) => string.Join(", ", device.Findings
        .Where(finding => finding is { Severity: Severity.Error, Code: not (NvdimmCodes.ReadOnly or NvdimmCodes.InUseByHost) })
        .Select(finding => finding.Code)
        .Distinct(StringComparer.Ordinal));
}
