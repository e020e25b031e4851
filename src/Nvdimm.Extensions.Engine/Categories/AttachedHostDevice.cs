namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A host device in the configuration of a VM.</summary>
/// <param name="Capability">The category, such as <c>nvdimm</c>.</param>
/// <param name="Name">The kernel name by which it is configured, such as <c>namespace0.0</c>.</param>
/// <param name="Identity">
/// What identified the device when it was attached (<see cref="HostDevice.Identity"/>); null where it had nothing or nobody noted it.
/// </param>
public sealed record AttachedHostDevice(string Capability, string Name, string? Identity = null);
