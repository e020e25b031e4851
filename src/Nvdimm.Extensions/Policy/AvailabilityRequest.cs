using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>The host and the conditions for which <see cref="DeviceAvailability"/> says which devices a VM can have.</summary>
public sealed record AvailabilityRequest
{
    /// <summary>The host with its devices.</summary>
    public required HostDescription Host { get; init; }

    /// <summary>All VMs of the engine. No other VM can have their devices. Default: none.</summary>
    public ValueList<VmDescription> Vms { get; init; } = [];

    /// <summary>The architecture of the VM that would get a device, which is that of the host. Default: x86_64.</summary>
    public GuestArchitecture Architecture { get; init; }

    /// <summary>The sizing strategy. Default: as oVirt does.</summary>
    public SizingStrategy Strategy { get; init => field = EnumArgument.Checked(value, last: SizingStrategy.Largest); }

    /// <summary>
    /// The size of the label area that a device would get, a multiple of 1 KiB up to 2^61 bytes. Default: oVirt's 128 KiB.
    /// </summary>
    public ByteSize LabelSize { get; init; } = SizingRequest.OvirtLabelSize;
}
