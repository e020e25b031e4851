using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>What the policy needs to know of a VM.</summary>
public sealed record VmDescription
{
    /// <summary>The name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The architecture. Default: x86_64.</summary>
    public GuestArchitecture Architecture { get; init; }

    /// <summary>The status. Default: down.</summary>
    public VmStatus Status { get; init => field = EnumArgument.Checked(value); }

    /// <summary>Whether it may migrate. Default: migratable.</summary>
    public VmAffinity Affinity { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The hosts that it is pinned to, by name or id: whatever <see cref="HostDescription.Name"/> has.</summary>
    public ValueList<string> PinnedHosts { get; init; } = [];

    /// <summary>The guest NUMA nodes that it will start with; for a VM of an oVirt engine those of <see cref="GuestNumaNode.OfEngine"/>.</summary>
    public ValueList<GuestNumaNode> NumaNodes { get; init; } = [];

    /// <summary>The memory, without NVDIMMs.</summary>
    public ByteSize Memory { get; init; }

    /// <summary>Whether its CPU hides that it is virtual (<see cref="GuestMemoryBlock"/>). Default: no.</summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>The largest memory that it can get by hot plug, without NVDIMMs.</summary>
    public ByteSize MaxMemory { get; init; }

    /// <summary>How many memory devices other than NVDIMMs it has. Default: none.</summary>
    public int MemoryDevices { get; init; }

    /// <summary>How many memory slots it has. Default: 16, as oVirt gives every VM.</summary>
    public int MemorySlots { get; init; } = DomainMemory.Slots;

    /// <summary>The NVDIMMs in its configuration.</summary>
    public ValueList<AttachedNvdimm> Nvdimms { get; init; } = [];

    /// <summary>The NVDIMMs that it should have, where somebody keeps that record; null where nobody does.</summary>
    public ValueList<AttachedNvdimm>? ExpectedNvdimms { get; init; }

    /// <summary>
    /// The NVDIMMs that its host says it runs with, configured or not. They count as its own in the checks of other VMs, and in its own while it is
    /// not down. Default: none.
    /// </summary>
    public ValueList<AttachedNvdimm> UsedNvdimms { get; init; } = [];
}
