namespace Nvdimm.Extensions.Devices;

/// <summary>A dax device of a devdax namespace (<c>daxregion.devices</c>).</summary>
/// <param name="CharDevice">The name of the character device, such as <c>dax0.0</c>.</param>
/// <param name="Size">The size; null if the listing has none.</param>
/// <param name="Align">The alignment; null if the listing has none (ndctl before 71).</param>
/// <param name="TargetNode">The NUMA node that the memory would form as RAM; null if the listing has none.</param>
/// <param name="Mode">The use of the device.</param>
/// <param name="IsDisabled">Whether the device has no driver bound to it.</param>
public sealed record DaxDevice(string CharDevice, ByteSize? Size, Alignment? Align, int? TargetNode, DaxDeviceMode Mode, bool IsDisabled)
{
    /// <summary>The use of the device.</summary>
    public DaxDeviceMode Mode { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Mode);
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
