namespace Nvdimm.Extensions.Policy;

/// <summary>Warns that going back to a snapshot leaves the content of an NVDIMM unchanged. The engine does not warn.</summary>
internal sealed class ContentNotRevertedRule() : NvdimmRule(
    NvdimmCodes.ContentNotReverted, Severity.Warning, NvdimmOperation.SnapshotRestore)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        select Violation(("device", wanted.Name));
}
