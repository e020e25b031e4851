namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The memory of a VM with NVDIMMs is not saved (oVirt Engine 4.5, <c>VmValidator.vmNotHavingNvdimmDevices</c>): restoring it would
/// write the old content back. Nor does such a VM migrate, whatever its affinity: QEMU would overwrite the backing on the target.
/// </summary>
internal sealed class VmHasAttachedNvdimmDevicesRule() : NvdimmRule(
    EngineCodes.VmHasAttachedNvdimmDevices, Severity.Error, NvdimmOperation.SnapshotWithMemory, NvdimmOperation.Hibernate, NvdimmOperation.Migrate)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Wanted.Count > 0 ? [Violation(context.EngineWords)] : [];
}
