using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>One device of a plan.</summary>
/// <param name="Device">The device.</param>
/// <param name="Sized">What sizing it came to; null where its size is not known.</param>
/// <param name="GuestNode">The guest's NUMA node; null where the guest has none.</param>
/// <param name="Element">What is written; null where it is refused.</param>
/// <param name="Findings">Why there is no element.</param>
/// <param name="Guard">What this host says of it.</param>
internal sealed record PlannedDevice(
    NvdimmDevice Device, SizingResult? Sized, int? GuestNode, NvdimmElement? Element, ValueList<Finding> Findings, GuardedDevice Guard)
{
    /// <summary>Whether a VM can have it with today's figures; null only before it was asked.</summary>
    public DeviceAvailability? Availability { get; init; }
}
