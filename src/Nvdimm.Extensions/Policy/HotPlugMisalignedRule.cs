namespace Nvdimm.Extensions.Policy;

/// <summary>Memory that is plugged beside the device comes online in the guest.</summary>
internal sealed class HotPlugMisalignedRule() : NvdimmRule(
    NvdimmCodes.HotPlugMisaligned, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from arguments in context.HotPlugMisaligned
        select Violation(arguments);
}
