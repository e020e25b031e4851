namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A host device in the configuration of a VM, or in the record of what it should have.</summary>
/// <param name="Capability">The category, such as <c>nvdimm</c>; empty where the engine does not say.</param>
/// <param name="Name">The kernel name by which it is configured, such as <c>namespace0.0</c>.</param>
/// <param name="Identity">
/// What identified the device when it was attached (<see cref="HostDevice.Identity"/>); null where it had nothing or nobody noted it.
/// </param>
public sealed record AttachedHostDevice(string Capability, string Name, string? Identity = null)
{
    /// <summary>The id of the host that the device was attached on; null where nobody noted it.</summary>
    public string? HostId { get; init; }

    /// <summary>
    /// What was known of the device when it was attached (<see cref="HostDevice.Details"/>); empty where nobody noted it. With it an
    /// <see cref="Identity"/> of null means that the device had none.
    /// </summary>
    public ValueList<HostDeviceDetail> Details { get; init; } = [];
}
