namespace Nvdimm.Extensions.Engine.Models;

/// <summary>A host as the API returns it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
public sealed record OvirtHost(string Id, string Name)
{
    /// <summary>The network address; null if the API does not state it.</summary>
    public string? Address { get; init; }

    /// <summary>The status in the API's words, such as <c>up</c>; null if the API does not state it.</summary>
    public string? Status { get; init; }

    /// <summary>The id of the cluster; null if the API does not state it.</summary>
    public string? ClusterId { get; init; }
}
