namespace Nvdimm.DevEngine.Storage;

/// <summary>A job: an operation that took some time.</summary>
internal sealed record JobRow
{
    public string Id { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary><c>started</c>, <c>finished</c> or <c>failed</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>The start in milliseconds since 1970.</summary>
    public long Started { get; init; }

    /// <summary>The end in milliseconds since 1970; null while the job runs.</summary>
    public long? Ended { get; init; }

    /// <summary>The client's name for the request; null if it gave none.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>1 if an external system runs the job and only reports it to the engine; else 0.</summary>
    public long External { get; init; }
}
