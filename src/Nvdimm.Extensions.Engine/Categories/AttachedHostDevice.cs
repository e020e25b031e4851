namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A host device in the configuration of a VM, or in the record of what the VM should have.</summary>
/// <param name="Capability">The category, such as <c>nvdimm</c>; empty if the engine does not state it.</param>
/// <param name="Name">The kernel name by which it is configured, such as <c>namespace0.0</c>.</param>
/// <param name="Identity">
/// The device's identity when it was attached (<see cref="HostDevice.Identity"/>); null if it had none or no record has it.
/// </param>
public sealed record AttachedHostDevice(string Capability, string Name, string? Identity = null)
{
    /// <summary>The category; empty if the engine does not state it.</summary>
    public string Capability { get; init => field = NullArgument.Checked(value); } = NullArgument.Checked(Capability);

    /// <summary>The kernel name.</summary>
    public string Name { get; init => field = NullArgument.Checked(value); } = NullArgument.Checked(Name);

    /// <summary>The id of the host on which the device was attached; null if no record has it.</summary>
    public string? HostId { get; init; }

    /// <summary>
    /// The details of the device when it was attached (<see cref="HostDevice.Details"/>); empty if no record has them. If there are
    /// details, a null <see cref="Identity"/> means that the device had none.
    /// </summary>
    public ValueList<HostDeviceDetail> Details { get; init; } = [];
}
