namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses if the guest has no NUMA node, configured or created by the engine (<see cref="Sizing.GuestNumaNode.OfEngine"/>). The engine
/// checks it when devices are added and removed (oVirt Engine 4.5, <c>AbstractVmHostDevicesCommand.validate</c>). At the start it does not:
/// the VM starts without the device (<c>LibvirtVmXmlBuilder.writeNvdimmHostDevice</c>).
/// </summary>
internal sealed class NumaUnavailableRule() : NvdimmRule(
    EngineCodes.NumaUnavailable, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Detach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { Vm.NumaNodes.Count: 0 } && context.AskedOfEngine.Any() ? [Violation()] : [];
}
