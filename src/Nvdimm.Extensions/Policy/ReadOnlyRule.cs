namespace Nvdimm.Extensions.Policy;

/// <summary>Refuses a read-only device.</summary>
internal sealed class ReadOnlyRule() : NvdimmRule(NvdimmCodes.ReadOnly, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let finding = device.FindingOf(NvdimmCodes.ReadOnly)
        where finding is not null || device.Use is { IsReadOnly: true }
        select Violation(("device", device.Name), ("reason", finding?["reason"] ?? "the kernel refuses writes to it"));
}
