using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>What is asked about the devices of a host: which of them a VM can have.</summary>
public sealed record AvailabilityRequest
{
    /// <summary>The host with its devices.</summary>
    public required HostDescription Host { get; init; }

    /// <summary>All VMs of the engine, whose devices nobody else can have. Default: none is known.</summary>
    public ValueList<VmDescription> Vms { get; init; } = [];

    /// <summary>The architecture of the VM that would get a device, which is that of its host. Default: x86_64.</summary>
    public GuestArchitecture Architecture { get; init; }

    /// <summary>The sizing strategy. Default: as oVirt does.</summary>
    public SizingStrategy Strategy { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The size of the label area that a device would get, a multiple of 1 KiB up to 2^61 bytes. Default: oVirt's 128 KiB.</summary>
    public ByteSize LabelSize { get; init; } = SizingRequest.OvirtLabelSize;
}
