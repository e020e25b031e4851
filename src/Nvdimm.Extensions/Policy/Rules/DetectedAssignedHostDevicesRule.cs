namespace Nvdimm.Extensions.Policy.Rules;

/// <summary>A host whose NVDIMMs VMs have is not removed (oVirt Engine 4.5, <c>RemoveVdsCommand.validate</c>).</summary>
internal sealed class DetectedAssignedHostDevicesRule() : NvdimmRule(EngineCodes.DetectedAssignedHostDevices, Severity.Error, NvdimmOperation.RemoveHost)
{
    internal override IEnumerable<Finding> Check(PolicyContext context)
    {
        var names = (context.Vm is { } vm ? context.Request.OtherVms.Prepend(vm) : context.Request.OtherVms)
            .Where(other => other.Nvdimms.Count > 0 && IsOn(other, context.Request.Host?.Name))
            .Select(other => other.Name)
            .Distinct(StringComparer.Ordinal)
            .ToValueList();
        return names.Count > 0 ? [Violation([.. context.EngineWords, ("VmNames", string.Join(',', names))])] : [];
    }

    /// <summary>Whether a VM is, or may be, on the host: where either side is not known, it may.</summary>
    private static bool IsOn(VmDescription vm, string? host) =>
        host is null || vm.PinnedHosts.Count == 0 || vm.PinnedHosts.Contains(host, StringComparer.Ordinal);
}
