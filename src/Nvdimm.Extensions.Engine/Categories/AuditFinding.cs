using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A finding of an audit, with what it is about.</summary>
/// <param name="Finding">The finding.</param>
public sealed record AuditFinding(Finding Finding)
{
    /// <summary>The host; null where it is about none.</summary>
    public HostReference? Host { get; init; }

    /// <summary>The id of the VM; null where it is about none.</summary>
    public string? VmId { get; init; }

    /// <summary>The kernel name of the device; null where it is about none.</summary>
    public string? Device { get; init; }
}
