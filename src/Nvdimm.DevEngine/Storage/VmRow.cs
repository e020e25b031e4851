using Nvdimm.DevEngine.Fields;

namespace Nvdimm.DevEngine.Storage;

/// <summary>A VM, without what belongs to it.</summary>
internal sealed record VmRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public string ClusterId { get; init; } = "";

    /// <summary>The status by the API's word, such as <c>image_locked</c>.</summary>
    public string Status { get; init; } = "down";

    /// <summary>Whether it may migrate, by the API's word, such as <c>user_migratable</c>.</summary>
    public string Affinity { get; init; } = "migratable";

    /// <summary>The memory in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>The largest memory in bytes.</summary>
    public long MaxMemory { get; init; }

    /// <summary>The host that it runs on; null where it does not run.</summary>
    public string? HostId { get; init; }

    /// <summary>What <see cref="VmSettings"/> keeps, as JSON.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>The snapshot that is previewed; null where none is.</summary>
    public string? Previewed { get; init; }

    /// <summary>While a snapshot is previewed: what it was configured with before (<see cref="VmConfiguration"/>).</summary>
    public string? BeforePreview { get; init; }

    /// <summary>When it was created, in milliseconds since 1970.</summary>
    public long Created { get; init; }
}
