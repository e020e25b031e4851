using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>The facts about a VM of a management API that categories use to check an operation.</summary>
public sealed record ManagedVm
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The architecture. Default: x86_64.</summary>
    public GuestArchitecture Architecture { get; init; }

    /// <summary>The status. Default: down.</summary>
    public VmStatus Status { get; init => field = EnumArgument.Checked(value, last: VmStatus.WaitForLaunch); }

    /// <summary>Whether the VM may migrate. Default: migratable.</summary>
    public VmAffinity Affinity { get; init => field = EnumArgument.Checked(value, last: VmAffinity.Pinned); }

    /// <summary>The hosts to which the VM is pinned.</summary>
    public ValueList<HostReference> PinnedHosts { get; init; } = [];

    /// <summary>
    /// The guest NUMA nodes with which the VM starts; for a VM of an oVirt engine those of <see cref="GuestNumaNode.OfEngine"/>.
    /// </summary>
    public ValueList<GuestNumaNode> NumaNodes { get; init; } = [];

    /// <summary>The memory in bytes, without memory devices of any category.</summary>
    public ByteSize Memory { get; init; }

    /// <summary>The maximum memory in bytes, up to which memory can be hot-plugged, without memory devices of any category.</summary>
    public ByteSize MaxMemory { get; init; }

    /// <summary>The number of hot-plugged memory devices that are not host devices. Default: 0.</summary>
    public int MemoryDevices { get; init; }

    /// <summary>The host devices in its configuration, of all categories.</summary>
    public ValueList<AttachedHostDevice> HostDevices { get; init; } = [];

    /// <summary>The host devices that the VM should have according to a record, of all categories; null if there is no record.</summary>
    public ValueList<AttachedHostDevice>? ExpectedHostDevices { get; init; }
}
