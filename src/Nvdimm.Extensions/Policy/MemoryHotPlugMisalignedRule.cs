namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses to plug memory that the guest cannot take online. The engine does not check it, and the host does not see the failure: QEMU and
/// libvirt report success.
/// </summary>
internal sealed class MemoryHotPlugMisalignedRule() : NvdimmRule(
    NvdimmCodes.MemoryHotPlugMisaligned, Severity.Error, NvdimmOperation.MemoryHotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from arguments in context.HotPlugMisaligned
        select Violation([("vm", context.VmName), .. arguments]);
}
