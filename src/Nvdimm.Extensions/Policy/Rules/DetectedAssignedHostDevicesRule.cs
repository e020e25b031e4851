namespace Nvdimm.Extensions.Policy.Rules;

/// <summary>A host whose NVDIMMs VMs have is not removed (oVirt Engine 4.5, <c>RemoveVdsCommand.validate</c>).</summary>
internal sealed class DetectedAssignedHostDevicesRule() : NvdimmRule(EngineCodes.DetectedAssignedHostDevices, Severity.Error, NvdimmOperation.RemoveHost)
{
    internal override IEnumerable<Finding> Check(PolicyContext context)
    {
        var names = (context.Vm is { } vm ? context.Request.OtherVms.Prepend(vm) : context.Request.OtherVms)
            .Where(other => other.Nvdimms.Count > 0 && other.PinnedHosts.Any(host => string.Equals(host, context.Request.Host?.Name, StringComparison.Ordinal)))
            .Select(other => other.Name)
            .Distinct(StringComparer.Ordinal)
            .ToValueList();
        return names.Count > 0 ? [Violation([.. context.EngineWords, ("VmNames", string.Join(',', names))])] : [];
    }
}
