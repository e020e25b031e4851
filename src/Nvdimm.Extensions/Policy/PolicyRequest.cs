using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>An operation, and the facts about the VM, the host and other VMs.</summary>
public sealed record PolicyRequest
{
    /// <summary>The operation.</summary>
    public required HostDeviceOperation Operation { get; init => field = EnumArgument.Checked(value, last: HostDeviceOperation.Import); }

    /// <summary>The VM; null if it does not exist, or for an operation on a host.</summary>
    public VmDescription? Vm { get; init; }

    /// <summary>
    /// The devices that the operation names (attach, detach, hot plug, hot unplug): kernel names, UUIDs or user-given names. Other
    /// operations concern all NVDIMMs of the VM and ignore this list.
    /// </summary>
    public ValueList<string> Devices { get; init; } = [];

    /// <summary>
    /// The host with its devices; null if nothing is known of it. Then nothing is attached, no VM with NVDIMMs starts or gets memory
    /// (<see cref="NvdimmCodes.InventoryUnavailable"/>), and the other rules about devices find nothing.
    /// </summary>
    public HostDescription? Host { get; init; }

    /// <summary>
    /// Allows a start, an attachment or more memory although nothing is known of the VM's host. Set it only in a program that changes
    /// nothing. Default: no.
    /// </summary>
    public bool AllowsUnknownHost { get; init; }

    /// <summary>The other VMs of the engine, without the VM itself.</summary>
    public ValueList<VmDescription> OtherVms { get; init; } = [];

    /// <summary>The sizing strategy. Default: as oVirt does.</summary>
    public SizingStrategy Strategy { get; init => field = EnumArgument.Checked(value, last: SizingStrategy.Largest); }

    /// <summary>
    /// The size of the label area that the VM's devices get, a multiple of 1 KiB up to 2^61 bytes; other sizes are refused. Default:
    /// oVirt's 128 KiB. A device that was used with a label area of another size keeps its layout only with that size.
    /// </summary>
    public ByteSize LabelSize { get; init; } = SizingRequest.OvirtLabelSize;

    /// <summary>The devices that keep a given layout. The strategy is ignored for them. Default: none.</summary>
    public ValueList<KeptNvdimm> Kept { get; init; } = [];

    /// <summary>For a migration: whether the user forces it. Default: no.</summary>
    public bool ForceMigration { get; init; }

    /// <summary>For a change of the pinning: the new hosts.</summary>
    public ValueList<string> NewPinnedHosts { get; init; } = [];

    /// <summary>
    /// For a clone or template: whether the copy is pinned to other hosts. Then the engine does not copy host devices. Default: no.
    /// </summary>
    public bool CopyIsPinnedElsewhere { get; init; }
}

/// <summary>A device that keeps a given layout; the policy computes none for it.</summary>
/// <param name="Name">Its kernel name in the listing.</param>
/// <param name="Layout">The layout to keep (<see cref="NvdimmSizer.Keep"/>).</param>
public sealed record KeptNvdimm(string Name, NvdimmLayout Layout);
