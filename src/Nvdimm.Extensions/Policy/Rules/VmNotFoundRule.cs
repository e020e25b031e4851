namespace Nvdimm.Extensions.Policy.Rules;

/// <summary>Every operation but the removal of a host is about a VM (oVirt Engine 4.5, <c>AbstractVmHostDevicesCommand.validate</c>).</summary>
internal sealed class VmNotFoundRule() : NvdimmRule(
    EngineCodes.VmNotFound, Severity.Error, [.. Enum.GetValues<NvdimmOperation>().Except([NvdimmOperation.RemoveHost, NvdimmOperation.HotPlug, NvdimmOperation.HotUnplug])])
{
    internal override IEnumerable<Finding> Check(PolicyContext context) => context.Vm is null ? [Violation(context.EngineWords)] : [];
}
