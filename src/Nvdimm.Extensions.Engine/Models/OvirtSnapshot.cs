namespace Nvdimm.Extensions.Engine.Models;

/// <summary>A snapshot of a VM as the API returns it.</summary>
/// <param name="Id">The id.</param>
public sealed record OvirtSnapshot(string Id)
{
    /// <summary>The description; null if there is none.</summary>
    public string? Description { get; init; }

    /// <summary>The status in the API's words: <c>ok</c>, <c>locked</c>, <c>in_preview</c>; null if the API does not state it.</summary>
    public string? Status { get; init; }

    /// <summary>Whether the snapshot includes the memory. Default: no.</summary>
    public bool HasMemory { get; init; }
}
