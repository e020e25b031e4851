using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>The facts about a VM that the policy uses.</summary>
public sealed record VmDescription
{
    /// <summary>The name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>The architecture. Default: x86_64.</summary>
    public GuestArchitecture Architecture { get; init; }

    /// <summary>The status. Default: down.</summary>
    public VmStatus Status { get; init => field = EnumArgument.Checked(value, last: VmStatus.WaitForLaunch); }

    /// <summary>Whether the VM may migrate. Default: migratable.</summary>
    public VmAffinity Affinity { get; init => field = EnumArgument.Checked(value, last: VmAffinity.Pinned); }

    /// <summary>The hosts to which the VM is pinned, by name or id, as in <see cref="HostDescription.Name"/>.</summary>
    public ValueList<string> PinnedHosts { get; init; } = [];

    /// <summary>
    /// The guest NUMA nodes with which the VM starts; for a VM of an oVirt engine those of <see cref="GuestNumaNode.OfEngine"/>.
    /// </summary>
    public ValueList<GuestNumaNode> NumaNodes { get; init; } = [];

    /// <summary>The memory, without NVDIMMs.</summary>
    public ByteSize Memory { get; init; }

    /// <summary>Whether the VM's CPU hides the hypervisor (<see cref="GuestMemoryBlock"/>). Default: no.</summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>The maximum memory, up to which memory can be hot-plugged, without NVDIMMs.</summary>
    public ByteSize MaxMemory { get; init; }

    /// <summary>The number of memory devices other than NVDIMMs. Default: 0.</summary>
    public int MemoryDevices { get; init; }

    /// <summary>The number of memory slots. Default: 16, as oVirt gives every VM.</summary>
    public int MemorySlots { get; init; } = DomainMemory.Slots;

    /// <summary>The NVDIMMs in the VM's configuration.</summary>
    public ValueList<AttachedNvdimm> Nvdimms { get; init; } = [];

    /// <summary>The NVDIMMs that the VM should have according to a record; null if there is no record.</summary>
    public ValueList<AttachedNvdimm>? ExpectedNvdimms { get; init; }

    /// <summary>
    /// The NVDIMMs that the host reports the VM to be running with, configured or not. The checks of other VMs always count them; the VM's
    /// own checks count them unless it is down. Default: none.
    /// </summary>
    public ValueList<AttachedNvdimm> UsedNvdimms { get; init; } = [];
}

/// <summary>Whether a VM may migrate (<c>placement_policy.affinity</c> of the oVirt API).</summary>
public enum VmAffinity
{
    /// <summary>The engine and users may migrate the VM.</summary>
    Migratable,

    /// <summary>Only a user may migrate the VM, by force.</summary>
    UserMigratable,

    /// <summary>The VM never migrates.</summary>
    Pinned,
}
