namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Something that a category knows of a device.</summary>
/// <param name="Name">The name in lower case with underscores, such as <c>numa_node</c>.</param>
/// <param name="Value">The value; a number in plain digits, a size in bytes.</param>
public readonly record struct HostDeviceDetail(string Name, string Value);
