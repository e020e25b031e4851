namespace Nvdimm.Extensions.Policy;

/// <summary>Refuses to plug an NVDIMM into a running VM: oVirt cannot do it, although libvirt and QEMU can.</summary>
internal sealed class HotPlugUnsupportedRule() : NvdimmRule(NvdimmCodes.HotPlugUnsupported, Severity.Error, NvdimmOperation.HotPlug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where context.Vm is not null
        select Violation(("device", wanted.Name), ("vm", context.VmName));
}
