namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The host that the VM is pinned to has every device, once for all of them
/// (oVirt Engine 4.5, <c>AbstractVmHostDevicesCommand.getHostDevices</c>).
/// </summary>
internal sealed class HostDeviceNotFoundRule() : NvdimmRule(
    EngineCodes.HostDeviceNotFound, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.IsAnyMissing ? [Violation(context.EngineWords)] : [];
}
