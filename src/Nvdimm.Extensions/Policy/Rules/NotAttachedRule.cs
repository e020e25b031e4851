namespace Nvdimm.Extensions.Policy.Rules;

/// <summary>What is removed is attached. The engine calls the removal of anything else a success.</summary>
internal sealed class NotAttachedRule() : NvdimmRule(NvdimmCodes.NotAttached, Severity.Warning, NvdimmOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where context.Vm is not null && wanted.Attached is null
        select Violation(("device", wanted.Name), ("vm", context.VmName));
}
