using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Policy;

/// <summary>The name stands for the device that was attached under it; the engine does not notice.</summary>
internal sealed class IdentityChangedRule() : NvdimmRule(NvdimmCodes.IdentityChanged, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where wanted.Device is not null
        from finding in context.Request.Operation == NvdimmOperation.Start ? OfOwn(context, wanted) : OfAdded(context, wanted)
        select finding;

    private static IEnumerable<Finding> OfOwn(PolicyContext context, WantedDevice wanted) =>
        wanted.Attached?.ChangeTo(wanted.Device!, context.Host?.Name) is { } changed ? [changed] : [];

    /// <summary>
    /// What is added does not bear the name of another device that the VM has, or lost, if it was asked for by that name; and the VM has it under
    /// no other name that stands for something else now: the record would lose the device that belongs to the name.
    /// </summary>
    private static IEnumerable<Finding> OfAdded(PolicyContext context, WantedDevice wanted) =>
        from own in (context.Own?.Configured ?? []).Concat(wanted.IsByName ? context.Own?.Missing ?? [] : [])
        let isNamedSo = string.Equals(own.Name, wanted.Name, StringComparison.Ordinal)
        let finding = isNamedSo ? own.ChangeTo(wanted.Device!, context.Host?.Name) : OfOtherName(context, own, wanted)
        where finding is not null
        select finding;

    private static Finding? OfOtherName(PolicyContext context, AttachedNvdimm own, WantedDevice wanted)
    {
        var bearer = context.Host?.Devices.FirstOrDefault(device => string.Equals(device.Name, own.Name, StringComparison.Ordinal));
        return bearer is not null && context.Own!.Configured.Contains(own) && Sameness.Compare(own.Facts, wanted.FactsOn(host: null)).IsSame
            ? own.ChangeTo(bearer, context.Host?.Name)
            : null;
    }
}
