namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses a start if the VM lost an NVDIMM that the record says it should have. The engine removes an attachment if the device is missing
/// from one report of the host (oVirt Engine 4.5, <c>RefreshHostDevicesCommand</c>), and then starts the VM without it.
/// </summary>
internal sealed class SilentlyDetachedRule() : NvdimmRule(NvdimmCodes.SilentlyDetached, Severity.Error, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from expected in context.Own?.Missing ?? []
        select Violation(("vm", context.VmName), ("device", expected.Name));
}
