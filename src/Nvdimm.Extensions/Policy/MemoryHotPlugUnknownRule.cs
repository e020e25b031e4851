namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses to plug memory if the guest size of an NVDIMM is not known: the address of the memory depends on all of them. The engine does
/// not check it.
/// </summary>
internal sealed class MemoryHotPlugUnknownRule() : NvdimmRule(
    NvdimmCodes.MemoryHotPlugUnknown, Severity.Error, NvdimmOperation.MemoryHotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Vm is null ? [] : context.Wanted
        where wanted.Device is not { } device || context.LayoutFor(device)?.Layout is null
        select Violation(("vm", context.VmName), ("device", wanted.Name));
}
