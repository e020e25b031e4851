namespace Nvdimm.Extensions.Policy;

/// <summary>An NVDIMM in the configuration of a VM.</summary>
/// <param name="Name">The kernel name by which it is configured, such as <c>namespace0.0</c>.</param>
/// <param name="Uuid">The uuid that the device had when it was attached; null where it had none or nobody noted it.</param>
public sealed record AttachedNvdimm(string Name, Guid? Uuid = null);
