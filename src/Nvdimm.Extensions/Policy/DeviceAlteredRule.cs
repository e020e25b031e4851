namespace Nvdimm.Extensions.Policy;

/// <summary>Warns if the device's size or mode changed since it was attached. The engine knows neither.</summary>
internal sealed class DeviceAlteredRule() : NvdimmRule(
    NvdimmCodes.DeviceAltered, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where wanted.Device is { } device && wanted.Attached?.ChangeTo(device, context.Host?.Name) is null
        let altered = wanted.Attached?.AlterationOf(wanted.Device!)
        where altered is not null
        select altered;
}
