namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The engine removes the attachment. It asks the same as when one is added (oVirt Engine 4.5,
/// <c>AbstractVmHostDevicesCommand.validate</c>), so that an unpinned VM or one whose device has vanished cannot be cleaned up.
/// </summary>
internal sealed class DetachBlockedByEngineRule() : NvdimmRule(NvdimmCodes.DetachBlockedByEngine, Severity.Warning, NvdimmOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.AskedOfEngine
        where wanted.Attached is not null && (context.PinnedHosts.Count != 1 || !context.IsRemovable(wanted))
        select Violation(("device", wanted.Name), ("vm", context.VmName));
}
