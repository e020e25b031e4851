namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A device as the engine reports it for a host.</summary>
/// <param name="Name">The kernel name, such as <c>namespace0.0</c>.</param>
/// <param name="UsedByVm">The id of the running VM that uses it; null where none does. A VM that is down is not shown.</param>
public sealed record ReportedHostDevice(string Name, string? UsedByVm = null);
