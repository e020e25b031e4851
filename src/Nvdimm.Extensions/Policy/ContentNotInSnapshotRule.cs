namespace Nvdimm.Extensions.Policy;

/// <summary>Warns that a snapshot of the disks does not include the content of an NVDIMM. The engine does not warn.</summary>
internal sealed class ContentNotInSnapshotRule() : NvdimmRule(NvdimmCodes.ContentNotInSnapshot, Severity.Warning, NvdimmOperation.Snapshot)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        select Violation(("device", wanted.Name));
}
