namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The VM has the NVDIMMs that somebody noted for it. The engine drops an attachment whose device is missing from one report of the
/// host (oVirt Engine 4.5, <c>RefreshHostDevicesCommand</c>) and starts the VM without.
/// </summary>
internal sealed class SilentlyDetachedRule() : NvdimmRule(NvdimmCodes.SilentlyDetached, Severity.Error, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from expected in context.Own?.Missing ?? []
        select Violation(("vm", context.VmName), ("device", expected.Name));
}
