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
