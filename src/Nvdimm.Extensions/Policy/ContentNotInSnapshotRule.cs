namespace Nvdimm.Extensions.Policy;

/// <summary>A snapshot of the disks does not hold the content of an NVDIMM; the engine allows it without a word.</summary>
internal sealed class ContentNotInSnapshotRule() : NvdimmRule(NvdimmCodes.ContentNotInSnapshot, Severity.Warning, NvdimmOperation.Snapshot)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        select Violation(("device", wanted.Name));
}
