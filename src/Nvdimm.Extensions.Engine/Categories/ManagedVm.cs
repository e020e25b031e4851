using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A VM as a management API knows it: what categories need to judge an operation.</summary>
public sealed record ManagedVm
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The architecture. Default: x86_64.</summary>
    public GuestArchitecture Architecture { get; init; }

    /// <summary>The status. Default: down.</summary>
    public VmStatus Status { get; init => field = EnumArgument.Checked(value); }

    /// <summary>Whether it may migrate. Default: migratable.</summary>
    public VmAffinity Affinity { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The hosts that it is pinned to.</summary>
    public ValueList<HostReference> PinnedHosts { get; init; } = [];

    /// <summary>The guest NUMA nodes that it will start with; for a VM of an oVirt engine those of <see cref="GuestNumaNode.OfEngine"/>.</summary>
    public ValueList<GuestNumaNode> NumaNodes { get; init; } = [];

    /// <summary>The memory in bytes, without memory devices of any category.</summary>
    public ByteSize Memory { get; init; }

    /// <summary>The largest memory in bytes that it can get by hot plug, without memory devices of any category.</summary>
    public ByteSize MaxMemory { get; init; }

    /// <summary>How many plugged memory devices it has that are no host devices. Default: none.</summary>
    public int MemoryDevices { get; init; }

    /// <summary>The host devices in its configuration, of all categories.</summary>
    public ValueList<AttachedHostDevice> HostDevices { get; init; } = [];

    /// <summary>The host devices that it should have, of all categories, where somebody keeps that record; null where nobody does.</summary>
    public ValueList<AttachedHostDevice>? ExpectedHostDevices { get; init; }
}
