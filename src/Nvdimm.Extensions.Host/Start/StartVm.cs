using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>The VM to start.</summary>
/// <param name="Name">The VM's name in findings, claims and records; null for an assumed VM of a plan.</param>
/// <param name="Id">The VM's id from VDSM or libvirt; null if unknown.</param>
public sealed record StartVm(string? Name, string? Id)
{
    /// <summary>The guest's NUMA nodes, in order; empty if unknown.</summary>
    public ValueList<GuestNumaNode> NumaNodes { get; init; } = [];

    /// <summary>Whether the VM is an assumed one of a plan. Then no device counts as another VM's.</summary>
    public bool IsUnknown => Name is null && Id is null;

    /// <summary>Whether the VM is the owner (<see cref="DeviceOwner.Is"/>).</summary>
    /// <exception cref="ArgumentNullException"><paramref name="owner"/> is null.</exception>
    public bool Owns(DeviceOwner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return owner.Is(Name, Id);
    }
}
