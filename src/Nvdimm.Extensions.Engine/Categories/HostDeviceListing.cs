using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>The devices of one category on one host. A category derives its own type from it, and accepts only that type.</summary>
public record HostDeviceListing
{
    /// <summary>The category, such as <c>nvdimm</c>.</summary>
    public required string Capability { get; init; }

    /// <summary>The host.</summary>
    public required HostReference Host { get; init; }

    /// <summary>All devices, usable or not, ordered by name: <c>namespace1.2</c> comes before <c>namespace1.10</c>.</summary>
    public ValueList<HostDevice> Devices { get; init; } = [];

    /// <summary>
    /// The problems of the listing itself; the problems of a device are in the device. An error means that nothing can be attached.
    /// </summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>
    /// Whether <see cref="Devices"/> has all devices of the host. If not, a device that is missing may exist. Default: true.
    /// </summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>The engine's report for the host; null if the listing was made without a report.</summary>
    public ValueList<ReportedHostDevice>? Reported { get; init; }
}

/// <summary>A device as the engine reports it for a host.</summary>
/// <param name="Name">The kernel name, such as <c>namespace0.0</c>.</param>
/// <param name="UsedByVm">
/// The id of the running VM that uses the device; null if none does. The engine does not show a VM that is down.
/// </param>
public sealed record ReportedHostDevice(string Name, string? UsedByVm = null);
