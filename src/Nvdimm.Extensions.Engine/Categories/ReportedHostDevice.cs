namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A device as the engine reports it for a host.</summary>
/// <param name="Name">The kernel name, such as <c>namespace0.0</c>.</param>
/// <param name="UsedByVm">
/// The id of the running VM that uses the device; null if none does. The engine does not show a VM that is down.
/// </param>
public sealed record ReportedHostDevice(string Name, string? UsedByVm = null);
