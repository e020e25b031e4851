namespace Nvdimm.Extensions.Policy;

/// <summary>Going back to a snapshot leaves the content of an NVDIMM as it is; the engine allows it without a word.</summary>
internal sealed class ContentNotRevertedRule() : NvdimmRule(NvdimmCodes.ContentNotReverted, Severity.Warning, NvdimmOperation.SnapshotRestore)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        select Violation(("device", wanted.Name));
}
