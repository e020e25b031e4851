namespace Nvdimm.Extensions.Engine.Inventories;

/// <summary>A host of a management API.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, which is unique in its management API.</param>
/// <param name="Address">Its network address, such as <c>host1.example.org</c>; null if it is not known.</param>
public sealed record HostReference(string Id, string Name, string? Address = null);
