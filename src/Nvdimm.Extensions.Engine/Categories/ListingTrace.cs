using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Lists a host's devices in an activity, such as <c>nvdimm list</c>.</summary>
internal static class ListingTrace
{
    /// <summary>Runs the listing. A host whose devices could not be read is a failure of the activity.</summary>
    public static Task<HostDeviceListing> RunAsync(string capability, HostReference host, Func<Task<HostDeviceListing>> list) =>
        EngineTelemetry.TraceAsync(
            $"{capability} list", list, listing => listing.Findings.Any(finding => finding.Severity == Severity.Error), host: host.Id);
}
