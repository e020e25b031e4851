namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses to change the hosts to which a VM with NVDIMMs is pinned: on any change the engine removes all host devices (oVirt Engine 4.5,
/// <c>UpdateVmCommand.updateVmHostDevices</c>).
/// </summary>
internal sealed class PinningChangeDetachesRule() : NvdimmRule(
    NvdimmCodes.PinningChangeDetaches, Severity.Error, NvdimmOperation.ChangePinning)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where !context.PinnedHosts.ToHashSet(StringComparer.Ordinal).SetEquals(context.Request.NewPinnedHosts) && !IsReturn(context, wanted)
        select Violation(("device", wanted.Name), ("vm", context.VmName));

    /// <summary>
    /// Whether the change pins a VM that lost a device to that device's host again, the only host on which it can be attached.
    /// </summary>
    private static bool IsReturn(PolicyContext context, WantedDevice wanted) =>
        wanted is { IsMissing: true, Attached.Noted.Host: { } home }
        && context.Request.NewPinnedHosts is [var only]
        && string.Equals(home, only, StringComparison.Ordinal);
}
