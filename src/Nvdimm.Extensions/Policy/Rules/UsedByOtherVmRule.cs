namespace Nvdimm.Extensions.Policy.Rules;

/// <summary>
/// No other VM has the device configured, running or not. The engine does not ask (oVirt Engine 4.5,
/// <c>AddVmHostDevicesCommand</c>), and below it nothing locks a device.
/// </summary>
internal sealed class UsedByOtherVmRule() : NvdimmRule(
    NvdimmCodes.UsedByOtherVm, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        let others = string.Join(", ", context.OtherUsersOf(wanted).Select(other => other.Name))
        where others.Length > 0
        select Violation(("device", wanted.Name), ("otherVm", others));
}
