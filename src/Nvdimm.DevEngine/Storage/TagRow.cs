namespace Nvdimm.DevEngine.Storage;

/// <summary>A tag.</summary>
internal sealed record TagRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";
}
