namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>What an audit looks at.</summary>
/// <param name="Listings">The category's listings of all hosts, joined with what the engine reports.</param>
/// <param name="Vms">All VMs, with what they should have where somebody keeps that record.</param>
public sealed record HostDeviceAudit(ValueList<HostDeviceListing> Listings, ValueList<ManagedVm> Vms)
{
    /// <summary>The VMs that the record has devices for and the management API does not have: each with its id as its name, and what is noted.</summary>
    public ValueList<ManagedVm> GoneVms { get; init; } = [];
}
