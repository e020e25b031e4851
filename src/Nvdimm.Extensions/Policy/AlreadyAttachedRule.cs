namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Warns if the VM already has the device. The engine reports success (oVirt Engine 4.5, <c>AddVmHostDevicesCommand.executeCommand</c>).
/// </summary>
internal sealed class AlreadyAttachedRule() : NvdimmRule(NvdimmCodes.AlreadyAttached, Severity.Warning, NvdimmOperation.Attach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where wanted.Attached is not null
        select Violation(("device", wanted.Name), ("vm", context.VmName));
}
