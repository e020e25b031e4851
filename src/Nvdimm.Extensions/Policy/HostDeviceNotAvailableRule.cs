namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses a start if a device is missing on the host to which the VM is pinned, or another running VM has it. The engine checks only the
/// latter (oVirt Engine 4.5, <c>RunVmCommand.validate</c>, <c>CheckVmHostDeviceAvailability</c>).
/// </summary>
internal sealed class HostDeviceNotAvailableRule() : NvdimmRule(EngineCodes.HostDeviceNotAvailable, Severity.Error, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Wanted.Count > 0 && (context.IsAnyMissing || context.IsAnyInUse) ? [Violation(context.EngineWords)] : [];
}
