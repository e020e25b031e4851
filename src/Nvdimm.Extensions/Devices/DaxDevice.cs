namespace Nvdimm.Extensions.Devices;

/// <summary>A dax device of a devdax namespace (<c>daxregion.devices</c>).</summary>
public sealed record DaxDevice
{
    /// <summary>The name of the character device, such as <c>dax0.0</c>.</summary>
    public required string CharDevice { get; init; }

    /// <summary>The size; null if the listing has none.</summary>
    public required ByteSize? Size { get; init; }

    /// <summary>The alignment; null if the listing has none (ndctl before 71).</summary>
    public required Alignment? Align { get; init; }

    /// <summary>The NUMA node that the memory would form as RAM; null if the listing has none.</summary>
    public required int? TargetNode { get; init; }

    /// <summary>Whether the device has no driver bound to it.</summary>
    public required bool IsDisabled { get; init; }

    /// <summary>The use of the device.</summary>
    public required DaxDeviceMode Mode { get; init => field = EnumArgument.Checked(value, last: DaxDeviceMode.Famfs); }
}

/// <summary>The use of a dax device.</summary>
public enum DaxDeviceMode
{
    /// <summary>The listing has no mode, or one that no known ndctl prints.</summary>
    Unknown,

    /// <summary>A character device.</summary>
    Devdax,

    /// <summary>System RAM of the host.</summary>
    SystemRam,

    /// <summary>Memory for a famfs file system (Linux 7, ndctl 85): the device cannot be mapped.</summary>
    Famfs,
}
