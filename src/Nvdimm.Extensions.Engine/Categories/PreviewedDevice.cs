namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A device as the VM would get it.</summary>
/// <param name="Device">The device.</param>
public sealed record PreviewedDevice(HostDevice Device)
{
    /// <summary>What the guest would see, in bytes; null where the device is refused.</summary>
    public ByteSize? GuestSize { get; init; }

    /// <summary>What of the device the guest would not get, in bytes; null where the device is refused.</summary>
    public ByteSize? LostSize { get; init; }

    /// <summary>The guest NUMA node that it would belong to; null where the guest has none.</summary>
    public int? GuestNode { get; init; }

    /// <summary>The parts of the device from its start to its end, without gaps; empty where the device is refused.</summary>
    public ValueList<DeviceArea> Areas { get; init; } = [];

    /// <summary>What would be written into the domain; null where the device is refused.</summary>
    public string? Xml { get; init; }

    /// <summary>What speaks against this layout: every reason of a refusal, and warnings.</summary>
    public ValueList<Finding> Findings { get; init; } = [];
}
