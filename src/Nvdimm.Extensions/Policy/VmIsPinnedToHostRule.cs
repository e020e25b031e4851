namespace Nvdimm.Extensions.Policy;

/// <summary>Refuses to migrate a VM whose affinity is pinned (oVirt Engine 4.5, <c>VmValidator.canMigrate</c>).</summary>
internal sealed class VmIsPinnedToHostRule() : NvdimmRule(EngineCodes.VmIsPinnedToHost, Severity.Error, NvdimmOperation.Migrate)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context.Vm is { Affinity: VmAffinity.Pinned } ? [Violation(context.EngineWords)] : [];
}
