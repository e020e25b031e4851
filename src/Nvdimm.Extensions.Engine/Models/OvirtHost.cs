namespace Nvdimm.Extensions.Engine.Models;

/// <summary>A host as the API has it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
public sealed record OvirtHost(string Id, string Name)
{
    /// <summary>Where it is reached; null where the API does not say.</summary>
    public string? Address { get; init; }

    /// <summary>The status in the API's words, such as <c>up</c>; null where the API does not say.</summary>
    public string? Status { get; init; }
}
