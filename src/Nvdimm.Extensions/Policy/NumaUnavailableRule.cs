namespace Nvdimm.Extensions.Policy;

/// <summary>
/// An NVDIMM needs a guest NUMA node, one that is configured or that the engine makes (<see cref="Sizing.GuestNumaNode.OfEngine"/>). The engine
/// asks when devices are added and removed (oVirt Engine 4.5, <c>AbstractVmHostDevicesCommand.validate</c>), but starts a VM without node, and then
/// without the device (<c>LibvirtVmXmlBuilder.writeNvdimmHostDevice</c>).
/// </summary>
internal sealed class NumaUnavailableRule() : NvdimmRule(
    EngineCodes.NumaUnavailable, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Detach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { Vm.NumaNodes.Count: 0 } && context.AskedOfEngine.Any() ? [Violation()] : [];
}
