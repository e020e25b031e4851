namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Memory that is plugged now comes online in the guest. The engine does not ask, and no host sees the failure: QEMU and libvirt
/// report success.
/// </summary>
internal sealed class MemoryHotPlugMisalignedRule() : NvdimmRule(NvdimmCodes.MemoryHotPlugMisaligned, Severity.Error, NvdimmOperation.MemoryHotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from arguments in context.HotPlugMisaligned
        select Violation([("vm", context.VmName), .. arguments]);
}
