using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>The VM that is to start, as far as it is known.</summary>
/// <param name="Name">What findings, claims and records call it; null for a VM that is made up for a plan.</param>
/// <param name="Id">Its id, as VDSM or libvirt gives it; null where it is not known.</param>
public sealed record StartVm(string? Name, string? Id)
{
    /// <summary>The guest's NUMA nodes, in order; empty where they are not known.</summary>
    public ValueList<GuestNumaNode> NumaNodes { get; init; } = [];

    /// <summary>Whether nothing is known of it, as for a VM that is made up for a plan: then nothing is anybody else's.</summary>
    public bool IsUnknown => Name is null && Id is null;

    /// <summary>Whether it is the owner (<see cref="DeviceOwner.Is"/>).</summary>
    /// <exception cref="ArgumentNullException"><paramref name="owner"/> is null.</exception>
    public bool Owns(DeviceOwner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return owner.Is(Name, Id);
    }
}
