using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A finding of an audit, with the host, VM and device that it concerns.</summary>
/// <param name="Finding">The finding.</param>
public sealed record AuditFinding(Finding Finding)
{
    /// <summary>The host; null if the finding concerns none.</summary>
    public HostReference? Host { get; init; }

    /// <summary>The id of the VM; null if the finding concerns none.</summary>
    public string? VmId { get; init; }

    /// <summary>The kernel name of the device; null if the finding concerns none.</summary>
    public string? Device { get; init; }
}
