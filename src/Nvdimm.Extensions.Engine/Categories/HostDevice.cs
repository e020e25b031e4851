namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A device of a host, as far as every category has it. A category derives its own from it.</summary>
public record HostDevice
{
    /// <summary>The category, such as <c>nvdimm</c>.</summary>
    public required string Capability { get; init; }

    /// <summary>The kernel name, such as <c>namespace0.0</c>; <see cref="HostDeviceId"/> makes the API's id of it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What identifies the device whatever the kernel calls it, such as a uuid; null where it has nothing. Whoever stores an attachment
    /// stores this beside the name: <see cref="AttachedHostDevice.Identity"/>.
    /// </summary>
    public string? Identity { get; init; }

    /// <summary>The name of the parent device. Default: <c>computer</c>, the root of a host's devices.</summary>
    public string Parent { get; init; } = "computer";

    /// <summary>What is known of it, in the order in which people want to read it; what is not known is not there.</summary>
    public ValueList<HostDeviceDetail> Details { get; init; } = [];

    /// <summary>The size in bytes; null where it is not known.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>What is odd about it. An error makes it unusable.</summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>Whether no finding is an error. Whether a VM can have it with today's figures says <see cref="IHostDeviceCategory.Availability"/>.</summary>
    public bool IsUsable => !Findings.Any(finding => finding.Severity == Severity.Error);
}
