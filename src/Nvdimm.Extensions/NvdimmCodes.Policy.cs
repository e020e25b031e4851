namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>The device cannot be used by a VM.</summary>
    public const string Unusable = "NVDIMM_UNUSABLE";

    /// <summary>Another VM has the device configured.</summary>
    public const string UsedByOtherVm = "NVDIMM_USED_BY_OTHER_VM";

    /// <summary>The VM has the device already.</summary>
    public const string AlreadyAttached = "NVDIMM_ALREADY_ATTACHED";

    /// <summary>The VM does not have the device.</summary>
    public const string NotAttached = "NVDIMM_NOT_ATTACHED";

    /// <summary>A name or uuid stands for more than one device.</summary>
    public const string AmbiguousDevice = "NVDIMM_AMBIGUOUS_DEVICE";

    /// <summary>No memory slot is left.</summary>
    public const string NoMemorySlot = "NVDIMM_NO_MEMORY_SLOT";

    /// <summary>The sizing engine refuses the device for this VM.</summary>
    public const string SizeRefused = "NVDIMM_SIZE_REFUSED";

    /// <summary>The device has no uuid; its kernel name can move to another device.</summary>
    public const string NoStableIdentity = "NVDIMM_NO_STABLE_IDENTITY";

    /// <summary>On POWER: without a uuid of the device there is no stable uuid for the guest's.</summary>
    public const string NoStableGuestUuid = "NVDIMM_NO_STABLE_GUEST_UUID";

    /// <summary>The name now stands for a device with another uuid.</summary>
    public const string IdentityChanged = "NVDIMM_IDENTITY_CHANGED";

    /// <summary>The device is the one that was attached, but its size or mode is another.</summary>
    public const string DeviceAltered = "NVDIMM_DEVICE_ALTERED";

    /// <summary>An NVDIMM that the VM should have is not attached any more.</summary>
    public const string SilentlyDetached = "NVDIMM_SILENTLY_DETACHED";

    /// <summary>What the guest wrote may be lost when the host crashes.</summary>
    public const string PersistenceNotGuaranteed = "NVDIMM_PERSISTENCE_NOT_GUARANTEED";

    /// <summary>The mode has no DAX, yet the engine writes the device as if it had.</summary>
    public const string ModeWithoutDax = "NVDIMM_MODE_WITHOUT_DAX";

    /// <summary>SELinux keeps QEMU from dax devices.</summary>
    public const string DevdaxSelinux = "NVDIMM_DEVDAX_SELINUX";

    /// <summary>The guest NUMA node is not backed by the device's host node.</summary>
    public const string NumaMismatch = "NVDIMM_NUMA_MISMATCH";

    /// <summary>A snapshot does not hold the content of an NVDIMM.</summary>
    public const string ContentNotInSnapshot = "NVDIMM_CONTENT_NOT_IN_SNAPSHOT";

    /// <summary>Restoring a snapshot leaves the content of an NVDIMM as it is.</summary>
    public const string ContentNotReverted = "NVDIMM_CONTENT_NOT_REVERTED";

    /// <summary>A change of the pinning drops the VM's host devices.</summary>
    public const string PinningChangeDetaches = "NVDIMM_PINNING_CHANGE_DETACHES";

    /// <summary>A copy with the same pinning would get the same device.</summary>
    public const string CloneSharesDevice = "NVDIMM_CLONE_SHARES_DEVICE";

    /// <summary>The engine refuses to remove the device, although it should be cleaned up.</summary>
    public const string DetachBlockedByEngine = "NVDIMM_DETACH_BLOCKED_BY_ENGINE";

    /// <summary>NVDIMM hot plug is not supported by the platform.</summary>
    public const string HotPlugUnsupported = "NVDIMM_HOT_PLUG_UNSUPPORTED";

    /// <summary>NVDIMM hot unplug is not supported by QEMU.</summary>
    public const string HotUnplugUnsupported = "NVDIMM_HOT_UNPLUG_UNSUPPORTED";

    /// <summary>Memory plugged beside the VM's NVDIMMs does not come online in the guest.</summary>
    public const string MemoryHotPlugMisaligned = "NVDIMM_MEMORY_HOT_PLUG_MISALIGNED";

    /// <summary>Nobody can say whether memory plugged beside the VM's NVDIMMs comes online in the guest: the size of one is not known.</summary>
    public const string MemoryHotPlugUnknown = "NVDIMM_MEMORY_HOT_PLUG_UNKNOWN";

    /// <summary>The list of the host's devices is not complete.</summary>
    public const string ListingIncomplete = "NVDIMM_LISTING_INCOMPLETE";
}
