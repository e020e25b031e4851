namespace Nvdimm.Extensions.Policy;

/// <summary>On POWER the device has a uuid, of which the guest's is made; a guest finds its namespaces by it.</summary>
internal sealed class NoStableGuestUuidRule() : NvdimmRule(
    NvdimmCodes.NoStableGuestUuid, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.Uuid is null && context.Vm is { Architecture.Family.HasUuid: true }
        select Violation(("device", device.Name));
}
