namespace Nvdimm.DevEngine.Storage;

/// <summary>Something that was asked for and took its time.</summary>
internal sealed record JobRow
{
    public string Id { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary><c>started</c>, <c>finished</c> or <c>failed</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>When it began, in milliseconds since 1970.</summary>
    public long Started { get; init; }

    /// <summary>When it ended, in milliseconds since 1970; null where it has not.</summary>
    public long? Ended { get; init; }

    /// <summary>What the client called the request; null where it did not.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>1 where somebody else does it and only tells the engine.</summary>
    public long External { get; init; }
}
