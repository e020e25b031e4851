namespace Nvdimm.Extensions.Policy;

/// <summary>
/// A VM starts on the host that it is pinned to, where every device is and none is another running VM's. The engine asks the last
/// (oVirt Engine 4.5, <c>RunVmCommand.validate</c>, <c>CheckVmHostDeviceAvailability</c>).
/// </summary>
internal sealed class HostDeviceNotAvailableRule() : NvdimmRule(EngineCodes.HostDeviceNotAvailable, Severity.Error, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Wanted.Count > 0 && (context.IsAnyMissing || context.IsAnyInUse) ? [Violation(context.EngineWords)] : [];
}
