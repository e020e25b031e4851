namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Warns if the engine cannot remove the attachment. It makes the same checks as for adding one (oVirt Engine 4.5,
/// <c>AbstractVmHostDevicesCommand.validate</c>), so it removes nothing from a VM that is not pinned or whose device has vanished.
/// </summary>
internal sealed class DetachBlockedByEngineRule() : NvdimmRule(NvdimmCodes.DetachBlockedByEngine, Severity.Warning, NvdimmOperation.Detach)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.AskedOfEngine
        where wanted.Attached is not null && (context.PinnedHosts.Count != 1 || !context.IsRemovable(wanted))
        select Violation(("device", wanted.Name), ("vm", context.VmName));
}
