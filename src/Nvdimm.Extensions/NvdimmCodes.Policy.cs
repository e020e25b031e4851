namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>The device cannot be used by a VM.</summary>
    public const string Unusable = "NVDIMM_UNUSABLE";

    /// <summary>Another VM has, should have or runs with the device.</summary>
    public const string UsedByOtherVm = "NVDIMM_USED_BY_OTHER_VM";

    /// <summary>The VM already has the device.</summary>
    public const string AlreadyAttached = "NVDIMM_ALREADY_ATTACHED";

    /// <summary>The VM has the device under the name that it had when it was attached.</summary>
    public const string AttachedUnderFormerName = "NVDIMM_ATTACHED_UNDER_FORMER_NAME";

    /// <summary>The VM does not have the device.</summary>
    public const string NotAttached = "NVDIMM_NOT_ATTACHED";

    /// <summary>A name or UUID matches several devices.</summary>
    public const string AmbiguousDevice = "NVDIMM_AMBIGUOUS_DEVICE";

    /// <summary>No memory slot is free.</summary>
    public const string NoMemorySlot = "NVDIMM_NO_MEMORY_SLOT";

    /// <summary>The device cannot be sized for this VM.</summary>
    public const string SizeRefused = "NVDIMM_SIZE_REFUSED";

    /// <summary>The device has no UUID; its kernel name can move to another device.</summary>
    public const string NoStableIdentity = "NVDIMM_NO_STABLE_IDENTITY";

    /// <summary>On POWER: the device has no UUID from which to derive a stable UUID for the guest.</summary>
    public const string NoStableGuestUuid = "NVDIMM_NO_STABLE_GUEST_UUID";

    /// <summary>The name now stands for a device with another UUID.</summary>
    public const string IdentityChanged = "NVDIMM_IDENTITY_CHANGED";

    /// <summary>The device is the one that was attached, but its size or mode differs.</summary>
    public const string DeviceAltered = "NVDIMM_DEVICE_ALTERED";

    /// <summary>An NVDIMM that the VM should have is no longer attached.</summary>
    public const string SilentlyDetached = "NVDIMM_SILENTLY_DETACHED";

    /// <summary>The guest's synced data may be lost when the host crashes.</summary>
    public const string PersistenceNotGuaranteed = "NVDIMM_PERSISTENCE_NOT_GUARANTEED";

    /// <summary>The mode has no DAX, yet the engine declares the device as if it had.</summary>
    public const string ModeWithoutDax = "NVDIMM_MODE_WITHOUT_DAX";

    /// <summary>SELinux keeps QEMU from opening dax devices, or may.</summary>
    public const string DevdaxSelinux = "NVDIMM_DEVDAX_SELINUX";

    /// <summary>The guest NUMA node is not pinned to the device's host node.</summary>
    public const string NumaMismatch = "NVDIMM_NUMA_MISMATCH";

    /// <summary>A snapshot does not include the content of an NVDIMM.</summary>
    public const string ContentNotInSnapshot = "NVDIMM_CONTENT_NOT_IN_SNAPSHOT";

    /// <summary>Restoring a snapshot leaves the content of an NVDIMM unchanged.</summary>
    public const string ContentNotReverted = "NVDIMM_CONTENT_NOT_REVERTED";

    /// <summary>A change of the pinning removes the VM's host devices.</summary>
    public const string PinningChangeDetaches = "NVDIMM_PINNING_CHANGE_DETACHES";

    /// <summary>A copy with the same pinning would get the same device.</summary>
    public const string CloneSharesDevice = "NVDIMM_CLONE_SHARES_DEVICE";

    /// <summary>The engine refuses to remove the device until the VM is pinned to one host that reports it.</summary>
    public const string DetachBlockedByEngine = "NVDIMM_DETACH_BLOCKED_BY_ENGINE";

    /// <summary>NVDIMM hot plug is not supported by the platform.</summary>
    public const string HotPlugUnsupported = "NVDIMM_HOT_PLUG_UNSUPPORTED";

    /// <summary>NVDIMM hot unplug is not supported by QEMU.</summary>
    public const string HotUnplugUnsupported = "NVDIMM_HOT_UNPLUG_UNSUPPORTED";

    /// <summary>The guest cannot take memory online that is plugged beside the VM's NVDIMMs.</summary>
    public const string MemoryHotPlugMisaligned = "NVDIMM_MEMORY_HOT_PLUG_MISALIGNED";

    /// <summary>It is not known whether the guest can take plugged memory online: the size of an NVDIMM is not known.</summary>
    public const string MemoryHotPlugUnknown = "NVDIMM_MEMORY_HOT_PLUG_UNKNOWN";

    /// <summary>The list of the host's devices is not complete.</summary>
    public const string ListingIncomplete = "NVDIMM_LISTING_INCOMPLETE";
}
