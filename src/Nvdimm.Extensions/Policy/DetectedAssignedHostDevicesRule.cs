namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses to remove a host that has NVDIMMs which VMs have or should have (oVirt Engine 4.5, <c>RemoveVdsCommand.validate</c>).
/// </summary>
internal sealed class DetectedAssignedHostDevicesRule() : NvdimmRule(
    EngineCodes.DetectedAssignedHostDevices, Severity.Error, NvdimmOperation.RemoveHost)
{
    internal override IEnumerable<Finding> Check(PolicyContext context)
    {
        var names = (context.Vm is { } vm ? context.Request.OtherVms.Prepend(vm) : context.Request.OtherVms)
            .Where(other => OwnNvdimms.Of(other).MayBeOn(context.Request.Host?.Name))
            .Select(other => other.Name)
            .Distinct(StringComparer.Ordinal)
            .ToValueList();
        return names.Count > 0 ? [Violation([.. context.EngineWords, ("VmNames", string.Join(',', names))])] : [];
    }
}
