namespace Nvdimm.Extensions.Policy;

/// <summary>A VM that only users may migrate needs to be forced (oVirt Engine 4.5, <c>VmValidator.canMigrate</c>).</summary>
internal sealed class VmIsNonMigratableRule() : NvdimmRule(EngineCodes.VmIsNonMigratable, Severity.Error, NvdimmOperation.Migrate)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { Vm.Affinity: VmAffinity.UserMigratable, Request.ForceMigration: false } ? [Violation(context.EngineWords)] : [];
}
