namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses to remove a device that the VM neither has nor should have. The engine reports success, which hides a mistyped name.
/// </summary>
internal sealed class NotAttachedRule() : NvdimmRule(NvdimmCodes.NotAttached, Severity.Error, NvdimmOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where context.Vm is not null && wanted.Attached is null
        select Violation(("device", wanted.Name), ("vm", context.VmName));
}
