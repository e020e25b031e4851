namespace Nvdimm.Extensions.Policy.Rules;

/// <summary>
/// The VM has the NVDIMMs that somebody noted for it. The engine drops an attachment whose device is missing from one report of the
/// host (oVirt Engine 4.5, <c>RefreshHostDevicesCommand</c>) and starts the VM without.
/// </summary>
internal sealed class SilentlyDetachedRule() : NvdimmRule(NvdimmCodes.SilentlyDetached, Severity.Error, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from expected in context.Vm?.ExpectedNvdimms ?? []
        where !context.Nvdimms.Any(attached => IsSame(attached, expected))
        select Violation(("vm", context.VmName), ("device", expected.Name));

    private static bool IsSame(AttachedNvdimm attached, AttachedNvdimm expected) => attached.Uuid is null || expected.Uuid is null
        ? string.Equals(attached.Name, expected.Name, StringComparison.Ordinal)
        : attached.Uuid == expected.Uuid;
}
