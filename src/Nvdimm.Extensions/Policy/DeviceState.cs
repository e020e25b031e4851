namespace Nvdimm.Extensions.Policy;

/// <summary>Whether a VM can have a device, and if not, the kind of reason. <see cref="DeviceAvailability"/> computes it.</summary>
public enum DeviceState
{
    /// <summary>A VM can have it: nothing uses it, and its size leaves the guest something.</summary>
    Free,

    /// <summary>A VM has it, should have it, or is running with it.</summary>
    InUseByVm,

    /// <summary>The host itself uses it: as a mount, a volume, swap or system RAM.</summary>
    InUseByHost,

    /// <summary>The sizes that oVirt, libvirt and QEMU compute leave the guest nothing, or less than libvirt accepts.</summary>
    TooSmall,

    /// <summary>A finding prevents its use: it is disabled, read-only, damaged or ambiguous, or its alignment does not work.</summary>
    NotUsable,
}
