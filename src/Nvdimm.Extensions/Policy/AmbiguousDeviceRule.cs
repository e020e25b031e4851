using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>Refuses a name or UUID that matches several devices.</summary>
internal sealed class AmbiguousDeviceRule() : NvdimmRule(
    NvdimmCodes.AmbiguousDevice, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Detach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where wanted.Matches.Count > 1
        select Violation(("device", wanted.Name), ("candidates", string.Join(", ", wanted.Matches.Select(Describe))));

    private static string Describe(NvdimmDevice device) => device.Uuid is { } uuid ? $"{device.Name} ({uuid})" : device.Name;
}
