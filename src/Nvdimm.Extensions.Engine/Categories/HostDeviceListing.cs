using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>The devices of one category on one host. A category derives its own from it, and takes back only its own.</summary>
public record HostDeviceListing
{
    /// <summary>The category, such as <c>nvdimm</c>.</summary>
    public required string Capability { get; init; }

    /// <summary>The host.</summary>
    public required HostReference Host { get; init; }

    /// <summary>Every device, usable or not, ordered by name: <c>namespace1.2</c> comes before <c>namespace1.10</c>.</summary>
    public ValueList<HostDevice> Devices { get; init; } = [];

    /// <summary>What is odd about the listing itself; what is odd about one device stands with it. An error means that nothing can be attached.</summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>Whether the devices are all there are. Where they are not, nothing may be concluded from an absence. Default: true.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>What the engine reports for the host; null where the listing was not joined with a report.</summary>
    public ValueList<ReportedHostDevice>? Reported { get; init; }
}
