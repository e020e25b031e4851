using Nvdimm.DevEngine.Fields;

namespace Nvdimm.DevEngine.Storage;

/// <summary>A template.</summary>
internal sealed record TemplateRow
{
    /// <summary>The id of the template Blank, as in the oVirt Engine.</summary>
    public const string BlankId = "00000000-0000-0000-0000-000000000000";

    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The id of the cluster; null for Blank.</summary>
    public string? ClusterId { get; init; }

    /// <summary>The architecture of the cluster; null for Blank. Only read.</summary>
    public string? Architecture { get; init; }

    /// <summary>The creation time in milliseconds since 1970; 0 for Blank.</summary>
    public long Created { get; init; }

    /// <summary>The configuration (<see cref="VmConfiguration"/>), as JSON.</summary>
    public string Configuration { get; init; } = "{}";

    /// <summary>What a VM of this template begins with.</summary>
    public VmConfiguration ToConfiguration() => VmConfiguration.Read(Configuration);

    /// <summary>The settings beyond the columns.</summary>
    public VmSettings Settings() => VmSettings.Read(ToConfiguration().Settings);
}
