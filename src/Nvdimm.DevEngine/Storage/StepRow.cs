namespace Nvdimm.DevEngine.Storage;

/// <summary>A step of an external job.</summary>
internal sealed record StepRow
{
    public string Id { get; init; } = "";

    public string JobId { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The type in the API's word, such as <c>executing</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary><c>started</c>, <c>finished</c> or <c>failed</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>The start in milliseconds since 1970.</summary>
    public long Started { get; init; }

    /// <summary>The end in milliseconds since 1970; null while the step runs.</summary>
    public long? Ended { get; init; }
}
