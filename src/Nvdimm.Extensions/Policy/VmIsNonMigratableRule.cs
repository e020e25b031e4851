namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses to migrate a VM that only users may migrate, unless the user forces it (oVirt Engine 4.5, <c>VmValidator.canMigrate</c>).
/// </summary>
internal sealed class VmIsNonMigratableRule() : NvdimmRule(EngineCodes.VmIsNonMigratable, Severity.Error, NvdimmOperation.Migrate)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        context is { Vm.Affinity: VmAffinity.UserMigratable, Request.ForceMigration: false } ? [Violation(context.EngineWords)] : [];
}
