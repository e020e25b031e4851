namespace Nvdimm.Extensions.Policy;

/// <summary>Nothing in oVirt plugs an NVDIMM into a running VM, although libvirt and QEMU could.</summary>
internal sealed class HotPlugUnsupportedRule() : NvdimmRule(NvdimmCodes.HotPlugUnsupported, Severity.Error, NvdimmOperation.HotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where context.Vm is not null
        select Violation(("device", wanted.Name), ("vm", context.VmName));
}
