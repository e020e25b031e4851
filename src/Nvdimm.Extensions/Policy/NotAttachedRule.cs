namespace Nvdimm.Extensions.Policy;

/// <summary>What is removed is attached, or should be. The engine calls the removal of anything else a success, which hides a mistyped name.</summary>
internal sealed class NotAttachedRule() : NvdimmRule(NvdimmCodes.NotAttached, Severity.Error, NvdimmOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where context.Vm is not null && wanted.Attached is null
        select Violation(("device", wanted.Name), ("vm", context.VmName));
}
