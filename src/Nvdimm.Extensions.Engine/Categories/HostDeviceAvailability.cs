using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Whether a VM can have a device of a host, and if not, why.</summary>
/// <param name="Device">The device, as the listing has it.</param>
/// <param name="State">The state.</param>
/// <param name="Text">
/// The state in words for people: <c>free</c>, <c>in use by VM db1</c>, <c>in use by the host (/mnt)</c>, <c>too small</c>, <c>not usable: disabled</c>.
/// </param>
public sealed record HostDeviceAvailability(HostDevice Device, DeviceState State, string Text)
{
    /// <summary>The state.</summary>
    public DeviceState State { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(State);

    /// <summary>Who has it: names of VMs, or the uses of the host. Empty for the states that name nobody.</summary>
    public ValueList<string> Users { get; init; } = [];

    /// <summary>Why no other VM can have it, with figures. Empty if and only if it is free.</summary>
    public ValueList<Finding> Reasons { get; init; } = [];

    /// <summary>What a guest sees of a free device, or of one that a VM has; null for the other states.</summary>
    public ByteSize? GuestSize { get; init; }
}
