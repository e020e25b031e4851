namespace Nvdimm.Extensions.Policy;

/// <summary>Refuses every operation on a VM that does not exist (oVirt Engine 4.5, <c>AbstractVmHostDevicesCommand.validate</c>).</summary>
internal sealed class VmNotFoundRule() : NvdimmRule(
    EngineCodes.VmNotFound,
    Severity.Error,
    NvdimmOperation.Attach,
    NvdimmOperation.Detach,
    NvdimmOperation.Start,
    NvdimmOperation.Snapshot,
    NvdimmOperation.SnapshotWithMemory,
    NvdimmOperation.SnapshotRestore,
    NvdimmOperation.Hibernate,
    NvdimmOperation.Migrate,
    NvdimmOperation.MemoryHotPlug,
    NvdimmOperation.ChangePinning,
    NvdimmOperation.Clone,
    NvdimmOperation.Template,
    NvdimmOperation.Import)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) => context.Vm is null ? [Violation(context.EngineWords)] : [];
}
