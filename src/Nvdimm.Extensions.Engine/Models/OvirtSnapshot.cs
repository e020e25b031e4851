namespace Nvdimm.Extensions.Engine.Models;

/// <summary>A snapshot of a VM as the API has it.</summary>
/// <param name="Id">The id.</param>
public sealed record OvirtSnapshot(string Id)
{
    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; init; }

    /// <summary>The status in the API's words: <c>ok</c>, <c>locked</c>, <c>in_preview</c>; null where the API does not say.</summary>
    public string? Status { get; init; }

    /// <summary>Whether it holds the memory. Default: no.</summary>
    public bool HasMemory { get; init; }
}
