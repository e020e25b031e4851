namespace Nvdimm.DevEngine.Storage;

/// <summary>A step of a job of somebody else.</summary>
internal sealed record StepRow
{
    public string Id { get; init; } = "";

    public string JobId { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The kind by the API's word, such as <c>executing</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary><c>started</c>, <c>finished</c> or <c>failed</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>When it began, in milliseconds since 1970.</summary>
    public long Started { get; init; }

    /// <summary>When it ended, in milliseconds since 1970; null where it has not.</summary>
    public long? Ended { get; init; }
}
