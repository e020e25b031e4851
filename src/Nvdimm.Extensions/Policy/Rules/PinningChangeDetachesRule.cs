namespace Nvdimm.Extensions.Policy.Rules;

/// <summary>
/// The set of hosts that a VM with NVDIMMs is pinned to stays as it is: on any change the engine drops all host devices
/// (oVirt Engine 4.5, <c>UpdateVmCommand.updateVmHostDevices</c>).
/// </summary>
internal sealed class PinningChangeDetachesRule() : NvdimmRule(NvdimmCodes.PinningChangeDetaches, Severity.Error, NvdimmOperation.ChangePinning)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where !context.PinnedHosts.ToHashSet(StringComparer.Ordinal).SetEquals(context.Request.NewPinnedHosts)
        select Violation(("device", wanted.Name), ("vm", context.VmName));
}
