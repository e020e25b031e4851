using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>One device of a plan.</summary>
/// <param name="Device">The device.</param>
/// <param name="Sized">The result of sizing; null if the device's size is unknown.</param>
/// <param name="GuestNode">The guest's NUMA node; null if the guest has none.</param>
/// <param name="Element">The XML element to write; null if the device is refused.</param>
/// <param name="Findings">Why there is no element.</param>
/// <param name="Guard">This host's verdict.</param>
internal sealed record PlannedDevice(
    NvdimmDevice Device, SizingResult? Sized, int? GuestNode, NvdimmElement? Element, ValueList<Finding> Findings, GuardedDevice Guard)
{
    /// <summary>Whether a VM can use the device with today's figures; null until that was checked.</summary>
    public DeviceAvailability? Availability { get; init; }
}
