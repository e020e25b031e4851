namespace Nvdimm.Extensions.Policy;

/// <summary>The device has the size and the mode that it had when it was attached. The engine knows neither.</summary>
internal sealed class DeviceAlteredRule() : NvdimmRule(NvdimmCodes.DeviceAltered, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where wanted.Device is { } device && wanted.Attached?.ChangeTo(device, context.Host?.Name) is null
        let altered = wanted.Attached?.AlterationOf(wanted.Device!)
        where altered is not null
        select altered;
}
