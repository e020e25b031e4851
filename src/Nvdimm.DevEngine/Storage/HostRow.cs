using Nvdimm.Extensions.Engine.Inventories;


namespace Nvdimm.DevEngine.Storage;

/// <summary>A host.</summary>
internal sealed record HostRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Address { get; init; } = "";

    public string ClusterId { get; init; } = "";

    public string Status { get; init; } = "up";

    /// <summary>The source of the host's devices: <see cref="Hosts.HostSources"/>.</summary>
    public string Source { get; init; } = "";

    /// <summary>The host in the form that categories take.</summary>
    public HostReference Reference => new(Id, Name, Address);
}
