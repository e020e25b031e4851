namespace Nvdimm.Extensions.Devices;

/// <summary>A dax device of a devdax namespace (<c>daxregion.devices</c>).</summary>
/// <param name="CharDevice">The name of the character device, such as <c>dax0.0</c>.</param>
/// <param name="Size">Its size, where listed.</param>
/// <param name="Align">Its alignment, where listed (ndctl 71 and later).</param>
/// <param name="TargetNode">The NUMA node its memory would form as RAM, where listed.</param>
/// <param name="Mode">What it is used for.</param>
/// <param name="IsDisabled">Whether its driver is unbound.</param>
public sealed record DaxDevice(string CharDevice, ByteSize? Size, Alignment? Align, int? TargetNode, DaxDeviceMode Mode, bool IsDisabled)
{
    /// <summary>What it is used for.</summary>
    public DaxDeviceMode Mode { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Mode);
}
