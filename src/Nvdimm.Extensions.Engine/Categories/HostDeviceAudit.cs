using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>The input of an audit.</summary>
/// <param name="Listings">The category's listings of all hosts, with the engine's reports.</param>
/// <param name="Vms">All VMs, with what they should have if there is a record.</param>
public sealed record HostDeviceAudit(ValueList<HostDeviceListing> Listings, ValueList<ManagedVm> Vms)
{
    /// <summary>
    /// VMs that the record has devices for, but that the management API does not have. Each has its id as its name, and the recorded
    /// devices.
    /// </summary>
    public ValueList<ManagedVm> GoneVms { get; init; } = [];
}

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
