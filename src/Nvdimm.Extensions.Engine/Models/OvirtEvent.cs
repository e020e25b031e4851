namespace Nvdimm.Extensions.Engine.Models;

/// <summary>An event as the API has it.</summary>
/// <param name="Id">The id; later events have larger ones.</param>
/// <param name="Description">The text.</param>
public sealed record OvirtEvent(long Id, string Description)
{
    /// <summary>The engine's code, such as 10800 for added host devices; null where the API does not say.</summary>
    public int? Code { get; init; }

    /// <summary>The severity in the API's words: <c>normal</c>, <c>warning</c>, <c>error</c>, <c>alert</c>; null where the API does not say.</summary>
    public string? Severity { get; init; }

    /// <summary>Who posted it: <c>oVirt</c> for the engine itself; null where the API does not say.</summary>
    public string? Origin { get; init; }

    /// <summary>The number that whoever posted it gave it; null where it has none.</summary>
    public int? CustomId { get; init; }

    /// <summary>When; null where the API does not say.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The id of the VM that it is about; null where it is about none.</summary>
    public string? VmId { get; init; }

    /// <summary>The id of the host that it is about; null where it is about none.</summary>
    public string? HostId { get; init; }
}
