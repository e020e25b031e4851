namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses a VM that is pinned to several hosts. The engine checks it when devices are added and removed (oVirt Engine 4.5,
/// <c>AbstractVmHostDevicesCommand.validate</c>), but not at the start.
/// </summary>
internal sealed class VmPinnedToMultipleHostsRule() : NvdimmRule(
    EngineCodes.VmPinnedToMultipleHosts, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Detach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { PinnedHosts.Count: > 1 } && context.AskedOfEngine.Any() ? [Violation(context.EngineWords)] : [];
}
