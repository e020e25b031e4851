namespace Nvdimm.DevEngine.Storage;

/// <summary>A cluster.</summary>
internal sealed record ClusterRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The architecture in libvirt's spelling, such as <c>x86_64</c>.</summary>
    public string Architecture { get; init; } = "";
}
