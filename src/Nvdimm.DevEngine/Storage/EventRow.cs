namespace Nvdimm.DevEngine.Storage;

/// <summary>An event.</summary>
internal sealed record EventRow
{
    /// <summary>Its number, which only grows.</summary>
    public long Id { get; init; }

    /// <summary>The engine's number of its kind.</summary>
    public long Code { get; init; }

    /// <summary><c>normal</c>, <c>warning</c>, <c>error</c> or <c>alert</c>.</summary>
    public string Severity { get; init; } = "normal";

    public string Description { get; init; } = "";

    /// <summary>When it was, in milliseconds since 1970.</summary>
    public long Time { get; init; }

    /// <summary>Who says so: <c>oVirt</c> for the engine itself.</summary>
    public string Origin { get; init; } = "oVirt";

    /// <summary>The number that an external origin gave it; -1 for the engine's own.</summary>
    public long CustomId { get; init; } = -1;

    public string? VmId { get; init; }

    public string? HostId { get; init; }

    /// <summary>What the client called the request; null where it did not.</summary>
    public string? CorrelationId { get; init; }
}
