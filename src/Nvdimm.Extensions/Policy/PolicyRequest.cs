using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>An operation, and all that is known around it.</summary>
public sealed record PolicyRequest
{
    /// <summary>What is to be done.</summary>
    public required NvdimmOperation Operation { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The VM; null where it was not found, or for an operation on a host.</summary>
    public VmDescription? Vm { get; init; }

    /// <summary>
    /// The devices that the operation names (attach, detach, hot plug, hot unplug): kernel names, uuids or user-given names.
    /// Ignored by the other operations, which are about all NVDIMMs of the VM.
    /// </summary>
    public ValueList<string> Devices { get; init; } = [];

    /// <summary>The host with its devices; null where nothing is known of it: then rules about devices have nothing to say.</summary>
    public HostDescription? Host { get; init; }

    /// <summary>The other VMs of the engine, without the VM itself.</summary>
    public ValueList<VmDescription> OtherVms { get; init; } = [];

    /// <summary>The sizing strategy. Default: as oVirt does.</summary>
    public SizingStrategy Strategy { get; init => field = EnumArgument.Checked(value); }

    /// <summary>
    /// The size of the label area that the VM's devices get, a multiple of 1 KiB up to 2^61 bytes; others are refused. Default: oVirt's 128 KiB.
    /// A device that was used with labels of another size keeps its layout only with that size.
    /// </summary>
    public ByteSize LabelSize { get; init; } = SizingRequest.OvirtLabelSize;

    /// <summary>The devices whose layout is given, and not computed by the strategy.</summary>
    public ValueList<KeptNvdimm> Kept { get; init; } = [];

    /// <summary>For a migration: whether the user forces it.</summary>
    public bool ForceMigration { get; init; }

    /// <summary>For a change of the pinning: the hosts it will be pinned to.</summary>
    public ValueList<string> NewPinnedHosts { get; init; } = [];

    /// <summary>For a clone or template: whether the copy is pinned otherwise; then the engine does not copy host devices.</summary>
    public bool CopyIsPinnedElsewhere { get; init; }
}
