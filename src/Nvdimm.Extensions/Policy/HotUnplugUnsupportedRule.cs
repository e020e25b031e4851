namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses to unplug an NVDIMM from a running VM: QEMU cannot do it (QEMU v7.2.0, <c>hw/i386/pc.c</c>, pc_memory_unplug_request).
/// </summary>
internal sealed class HotUnplugUnsupportedRule() : NvdimmRule(NvdimmCodes.HotUnplugUnsupported, Severity.Error, NvdimmOperation.HotUnplug)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where context.Vm is not null
        select Violation(("device", wanted.Name), ("vm", context.VmName));
}
