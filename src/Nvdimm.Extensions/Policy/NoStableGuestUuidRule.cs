namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses a device without a UUID on POWER: the guest's UUID is derived from it, and the guest finds its namespaces by that UUID.
/// </summary>
internal sealed class NoStableGuestUuidRule() : NvdimmRule(
    NvdimmCodes.NoStableGuestUuid, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.Uuid is null && context.Vm is { Architecture.Family.HasUuid: true }
        select Violation(("device", device.Name));
}
