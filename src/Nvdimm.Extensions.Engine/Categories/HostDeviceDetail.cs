namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A detail of a device.</summary>
/// <param name="Name">The name in lower case with underscores, such as <c>numa_node</c>.</param>
/// <param name="Value">The value. A number has plain digits; a size is in bytes.</param>
public readonly record struct HostDeviceDetail(string Name, string Value);
