namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses a VM that is not pinned to a host. The engine checks it when devices are added and removed (oVirt Engine 4.5,
/// <c>AbstractVmHostDevicesCommand.validate</c>), but not at the start.
/// </summary>
internal sealed class VmNotPinnedToHostRule() : NvdimmRule(
    EngineCodes.VmNotPinnedToHost, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Detach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { Vm: not null, PinnedHosts.Count: 0 } && context.AskedOfEngine.Any() ? [Violation(context.EngineWords)] : [];
}
