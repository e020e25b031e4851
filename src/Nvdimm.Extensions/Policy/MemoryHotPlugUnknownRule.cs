namespace Nvdimm.Extensions.Policy;

/// <summary>
/// It is known what the guest has of each NVDIMM: where plugged memory lands depends on all of them. The engine does not ask.
/// </summary>
internal sealed class MemoryHotPlugUnknownRule() : NvdimmRule(NvdimmCodes.MemoryHotPlugUnknown, Severity.Error, NvdimmOperation.MemoryHotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Vm is null ? [] : context.Wanted
        where wanted.Device is not { } device || context.LayoutFor(device)?.Layout is null
        select Violation(("vm", context.VmName), ("device", wanted.Name));
}
