namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A device that a VM has or should have.</summary>
/// <param name="Device">The attachment, with its known identity.</param>
/// <param name="IsConfigured">Whether it is in the VM's configuration; if not, the VM should have it.</param>
public sealed record OwnHostDevice(AttachedHostDevice Device, bool IsConfigured);
