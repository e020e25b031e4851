namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses to remove a host to which VMs are pinned. The engine makes this check before all checks of host devices (oVirt Engine 4.5,
/// <c>RemoveVdsCommand.validate</c>).
/// </summary>
internal sealed class DetectedPinnedVmsRule() : NvdimmRule(EngineCodes.DetectedPinnedVms, Severity.Error, NvdimmOperation.RemoveHost)
{
    internal override IEnumerable<Finding> Check(PolicyContext context)
    {
        var host = context.Request.Host?.Name;
        var names = (context.Vm is { } vm ? context.Request.OtherVms.Prepend(vm) : context.Request.OtherVms)
            .Where(other => host is not null
                && other.Affinity == VmAffinity.Pinned
                && other.PinnedHosts.Contains(host, StringComparer.Ordinal))
            .Select(other => other.Name)
            .Distinct(StringComparer.Ordinal)
            .ToValueList();
        return names.Count > 0 ? [Violation([.. context.EngineWords, ("VmNames", string.Join(',', names))])] : [];
    }
}
