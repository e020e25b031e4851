namespace Nvdimm.Extensions.Policy;

/// <summary>Whether a VM can have a device, and if not, what kind of reason prevents it. <see cref="DeviceAvailability"/> computes it.</summary>
public enum DeviceState
{
    /// <summary>A VM can have it: nobody uses it, and today's figures leave the guest something.</summary>
    Free,

    /// <summary>A VM has it, should have it or runs with it.</summary>
    InUseByVm,

    /// <summary>The host itself uses it: a mount, a volume, swap, its system RAM.</summary>
    InUseByHost,

    /// <summary>The sizes that oVirt, libvirt and QEMU take leave the guest nothing, or less than libvirt accepts.</summary>
    TooSmall,

    /// <summary>A finding prevents its use: it is disabled, read-only, damaged, ambiguous, or its alignment does not work.</summary>
    NotUsable,
}
