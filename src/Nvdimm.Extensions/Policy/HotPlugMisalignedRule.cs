namespace Nvdimm.Extensions.Policy;

/// <summary>Warns if the guest cannot take memory online that is plugged after the device.</summary>
internal sealed class HotPlugMisalignedRule() : NvdimmRule(
    NvdimmCodes.HotPlugMisaligned, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from arguments in context.HotPlugMisaligned
        select Violation(arguments);
}
