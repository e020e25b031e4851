namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A device of a host, with the properties that every category has. A category derives its own type from it.</summary>
public record HostDevice
{
    /// <summary>The category, such as <c>nvdimm</c>.</summary>
    public required string Capability { get; init; }

    /// <summary>The kernel name, such as <c>namespace0.0</c>; <see cref="HostDeviceId"/> converts it to the API's id.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What identifies the device independent of its kernel name, such as a UUID; null if it has nothing. Store it beside the name when you
    /// store an attachment: <see cref="AttachedHostDevice.Identity"/>.
    /// </summary>
    public string? Identity { get; init; }

    /// <summary>The name of the parent device. Default: <c>computer</c>, the root of a host's devices.</summary>
    public string Parent { get; init; } = "computer";

    /// <summary>The known details, in the order in which to display them.</summary>
    public ValueList<HostDeviceDetail> Details { get; init; } = [];

    /// <summary>The size in bytes; null if it is not known.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>The problems of the device. An error makes it unusable.</summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>
    /// Whether no finding is an error. <see cref="IHostDeviceCategory.Availability"/> says whether a VM can have the device.
    /// </summary>
    public bool IsUsable => !Findings.Any(finding => finding.Severity == Severity.Error);
}

/// <summary>A detail of a device.</summary>
/// <param name="Name">The name in lower case with underscores, such as <c>numa_node</c>.</param>
/// <param name="Value">The value. A number has plain digits; a size is in bytes.</param>
public readonly record struct HostDeviceDetail(string Name, string Value);
