using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Whether a VM can have a device of a host, and if not, why.</summary>
/// <param name="Device">The device from the listing.</param>
/// <param name="State">Whether a VM can have the device, or the kind of reason that prevents it.</param>
/// <param name="Text">
/// The state in words: <c>free</c>, <c>in use by VM db1</c>, <c>in use by the host (/mnt)</c>, <c>too small</c>,
/// <c>not usable: disabled</c>.
/// </param>
public sealed record HostDeviceAvailability(HostDevice Device, DeviceState State, string Text)
{
    /// <summary>Whether a VM can have the device, or the kind of reason that prevents it.</summary>
    public DeviceState State { get; init => field = EnumArgument.Checked(value, last: DeviceState.NotUsable); } =
        EnumArgument.Checked(State, last: DeviceState.NotUsable);

    /// <summary>The users of the device: names of VMs, or uses by the host. Empty for the other states.</summary>
    public ValueList<string> Users { get; init; } = [];

    /// <summary>The reasons why no other VM can have the device, with figures. Empty if and only if the device is free.</summary>
    public ValueList<Finding> Reasons { get; init; } = [];

    /// <summary>The size that a guest sees of a device that is free or that a VM has; null for the other states.</summary>
    public ByteSize? GuestSize { get; init; }
}
