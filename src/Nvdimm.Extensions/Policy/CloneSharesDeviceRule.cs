namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses a copy of a VM with NVDIMMs that keeps the pinning: then the engine copies the host devices, too (oVirt Engine 4.5,
/// <c>VmDeviceUtils.canCopyHostDevices</c>).
/// </summary>
internal sealed class CloneSharesDeviceRule() : NvdimmRule(
    NvdimmCodes.CloneSharesDevice, Severity.Error, NvdimmOperation.Clone, NvdimmOperation.Template)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where !context.Request.CopyIsPinnedElsewhere
        select Violation(("device", wanted.Name), ("vm", context.VmName));
}
