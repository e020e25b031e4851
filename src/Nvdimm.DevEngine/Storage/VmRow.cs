using Nvdimm.DevEngine.Fields;

namespace Nvdimm.DevEngine.Storage;

/// <summary>A VM without related data.</summary>
internal sealed record VmRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public string ClusterId { get; init; } = "";

    /// <summary>The status in the API's word, such as <c>image_locked</c>.</summary>
    public string Status { get; init; } = "down";

    /// <summary>The migration policy in the API's word, such as <c>user_migratable</c>.</summary>
    public string Affinity { get; init; } = "migratable";

    /// <summary>The memory in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>The maximum memory in bytes.</summary>
    public long MaxMemory { get; init; }

    /// <summary>The id of the host that the VM runs on; null if it does not run.</summary>
    public string? HostId { get; init; }

    /// <summary>The content of <see cref="VmSettings"/>, as JSON.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>The id of the template that the VM was made of.</summary>
    public string TemplateId { get; init; } = TemplateRow.BlankId;

    /// <summary>The id of the previewed snapshot; null if none is previewed.</summary>
    public string? Previewed { get; init; }

    /// <summary>During a preview, the configuration before it (<see cref="VmConfiguration"/>).</summary>
    public string? BeforePreview { get; init; }

    /// <summary>The creation time in milliseconds since 1970.</summary>
    public long Created { get; init; }
}
