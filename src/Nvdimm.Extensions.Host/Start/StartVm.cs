using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>The VM that is to start, as far as it is known.</summary>
/// <param name="Name">What findings, claims and records call it; null for a VM that is made up for a plan.</param>
/// <param name="Id">Its id, as VDSM or libvirt gives it; null where it is not known: then no record counts as another VM's.</param>
public sealed record StartVm(string? Name, string? Id)
{
    /// <summary>The guest's NUMA nodes, in order; empty where they are not known.</summary>
    public ValueList<GuestNumaNode> NumaNodes { get; init; } = [];

    /// <summary>
    /// The uuids of devices that the administrator has named for this VM, which another VM may have had before. Default: none.
    /// </summary>
    public ValueList<Guid> Handed { get; init; } = [];

    /// <summary>Whether an id is this VM's; ids are compared without regard to case.</summary>
    public bool Is(string? id) => Id is not null && string.Equals(Id, id, StringComparison.OrdinalIgnoreCase);
}
