namespace Nvdimm.Extensions.Policy;

/// <summary>Refuses to attach or detach if no device is named (oVirt Engine 4.5, <c>AbstractVmHostDevicesCommand.validate</c>).</summary>
internal sealed class DeviceMustBeSpecifiedRule() : NvdimmRule(
    EngineCodes.DeviceMustBeSpecified, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Request.Devices.Count == 0 ? [Violation(context.EngineWords)] : [];
}
