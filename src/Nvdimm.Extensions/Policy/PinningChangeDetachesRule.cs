namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The set of hosts that a VM with NVDIMMs is pinned to stays as it is: on any change the engine drops all host devices
/// (oVirt Engine 4.5, <c>UpdateVmCommand.updateVmHostDevices</c>).
/// </summary>
internal sealed class PinningChangeDetachesRule() : NvdimmRule(NvdimmCodes.PinningChangeDetaches, Severity.Error, NvdimmOperation.ChangePinning)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where !context.PinnedHosts.ToHashSet(StringComparer.Ordinal).SetEquals(context.Request.NewPinnedHosts) && !IsReturn(context, wanted)
        select Violation(("device", wanted.Name), ("vm", context.VmName));

    /// <summary>Whether a VM that lost a device is pinned to the device's host again, where alone it can be attached.</summary>
    private static bool IsReturn(PolicyContext context, WantedDevice wanted) =>
        wanted is { IsMissing: true, Attached.Noted.Host: { } home } && context.Request.NewPinnedHosts is [var only] && string.Equals(home, only, StringComparison.Ordinal);
}
