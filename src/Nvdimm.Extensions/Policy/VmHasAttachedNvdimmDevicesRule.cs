namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses to save the memory of a VM with NVDIMMs (oVirt Engine 4.5, <c>VmValidator.vmNotHavingNvdimmDevices</c>): restoring it would
/// overwrite the device with old content. Refuses to migrate such a VM whatever its affinity: QEMU would overwrite the backing on the
/// target.
/// </summary>
internal sealed class VmHasAttachedNvdimmDevicesRule() : NvdimmRule(
    EngineCodes.VmHasAttachedNvdimmDevices,
    Severity.Error,
    NvdimmOperation.SnapshotWithMemory,
    NvdimmOperation.Hibernate,
    NvdimmOperation.Migrate)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Wanted.Count > 0 ? [Violation(context.EngineWords)] : [];
}
