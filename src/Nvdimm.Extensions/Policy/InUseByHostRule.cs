namespace Nvdimm.Extensions.Policy;

/// <summary>Refuses a device that the host itself uses.</summary>
internal sealed class InUseByHostRule() : NvdimmRule(NvdimmCodes.InUseByHost, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let finding = device.FindingOf(NvdimmCodes.InUseByHost)
        where finding is not null || device.Use is { Uses.Count: > 0 }
        select Violation(("device", device.Name), ("use", finding?["use"] ?? string.Join(", ", device.Use?.Uses ?? [])));
}
