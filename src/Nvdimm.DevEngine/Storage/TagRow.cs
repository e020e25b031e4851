namespace Nvdimm.DevEngine.Storage;

/// <summary>A tag.</summary>
internal sealed record TagRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The id of the parent tag; null for the root.</summary>
    public string? ParentId { get; init; }
}
