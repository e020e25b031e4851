namespace Nvdimm.DevEngine.Storage;

/// <summary>An event.</summary>
internal sealed record EventRow
{
    /// <summary>The event's number; numbers ascend.</summary>
    public long Id { get; init; }

    /// <summary>The engine's code for the type of event.</summary>
    public long Code { get; init; }

    /// <summary><c>normal</c>, <c>warning</c>, <c>error</c> or <c>alert</c>.</summary>
    public string Severity { get; init; } = "normal";

    public string Description { get; init; } = "";

    /// <summary>The time in milliseconds since 1970.</summary>
    public long Time { get; init; }

    /// <summary>The system that reported the event: <c>oVirt</c> for the engine itself.</summary>
    public string Origin { get; init; } = "oVirt";

    /// <summary>The number that an external system gave the event; -1 for the engine's own events.</summary>
    public long CustomId { get; init; } = -1;

    public string? VmId { get; init; }

    public string? HostId { get; init; }

    /// <summary>The client's name for the request; null if it gave none.</summary>
    public string? CorrelationId { get; init; }
}
