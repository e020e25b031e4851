namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Devices are added and removed while the VM is down only; the engine refuses hot plug and unplug with the same check
/// (oVirt Engine 4.5, <c>AbstractVmHostDevicesCommand.validate</c>).
/// </summary>
internal sealed class VmStatusIllegalRule() : NvdimmRule(
    EngineCodes.VmStatusIllegal, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Vm is { Status: not VmStatus.Down } vm ? [Violation([.. context.EngineWords, ("vmStatus", VmStatusWords.Of(vm.Status))])] : [];
}
