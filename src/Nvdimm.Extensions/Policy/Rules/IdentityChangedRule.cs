namespace Nvdimm.Extensions.Policy.Rules;

/// <summary>The name stands for the device that was attached under it; the engine does not notice.</summary>
internal sealed class IdentityChangedRule() : NvdimmRule(NvdimmCodes.IdentityChanged, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        let attached = wanted.Attached?.Uuid
        where attached is not null && wanted.Device is { } device && device.Uuid != attached
        select Violation(("device", wanted.Name), ("attachedUuid", $"{attached}"), ("uuid", wanted.Uuid?.ToString() ?? "none"));
}
