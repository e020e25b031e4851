namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses a start if another VM that may be running has one of the devices. The engine uses this code for SCSI devices only (oVirt Engine
/// 4.5, <c>AddVmHostDevicesCommand.validate</c>).
/// </summary>
internal sealed class HostDeviceAlreadyInUseRule() : NvdimmRule(EngineCodes.HostDeviceAlreadyInUse, Severity.Error, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.IsAnyInUse ? [Violation(context.EngineWords)] : [];
}
