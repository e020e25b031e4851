namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses if a device is missing on the host to which the VM is pinned, with one finding for all devices (oVirt Engine 4.5,
/// <c>AbstractVmHostDevicesCommand.getHostDevices</c>).
/// </summary>
internal sealed class HostDeviceNotFoundRule() : NvdimmRule(
    EngineCodes.HostDeviceNotFound, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.IsAnyMissing ? [Violation(context.EngineWords)] : [];
}
