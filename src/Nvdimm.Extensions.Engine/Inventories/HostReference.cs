namespace Nvdimm.Extensions.Engine.Inventories;

/// <summary>A host of a management API.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, which no other host of the same management API has.</param>
/// <param name="Address">Where it can be reached, such as <c>host1.example.org</c>; null where it is not known.</param>
public sealed record HostReference(string Id, string Name, string? Address = null);
