namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A device as the VM would get it.</summary>
/// <param name="Device">The device.</param>
public sealed record PreviewedDevice(HostDevice Device)
{
    /// <summary>The size that the guest would see, in bytes; null if the device is refused.</summary>
    public ByteSize? GuestSize { get; init; }

    /// <summary>The bytes of the device that the guest would not get; null if the device is refused.</summary>
    public ByteSize? LostSize { get; init; }

    /// <summary>The guest NUMA node that the device would belong to; null if the guest has none.</summary>
    public int? GuestNode { get; init; }

    /// <summary>The parts of the device from start to end, without gaps; empty if the device is refused.</summary>
    public ValueList<DeviceArea> Areas { get; init; } = [];

    /// <summary>The XML that would be written into the domain; null if the device is refused.</summary>
    public string? Xml { get; init; }

    /// <summary>The findings of this layout: every reason for a refusal, and warnings.</summary>
    public ValueList<Finding> Findings { get; init; } = [];
}
