namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses to add or remove devices unless the VM is down. The engine refuses hot plug and hot unplug with the same check (oVirt Engine
/// 4.5, <c>AbstractVmHostDevicesCommand.validate</c>).
/// </summary>
internal sealed class VmStatusIllegalRule() : NvdimmRule(
    EngineCodes.VmStatusIllegal, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Vm is { Status: not VmStatus.Down } vm
            ? [Violation([.. context.EngineWords, ("vmStatus", VmStatusWords.Of(vm.Status))])]
            : [];
}
