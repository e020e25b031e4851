namespace Nvdimm.Extensions;

/// <summary>The oVirt Engine's own codes, by their literal names (oVirt Engine 4.5, <c>EngineMessage.java</c>).</summary>
public static class EngineCodes
{
    private const string Prefix = "ACTION_TYPE_FAILED_";

    /// <summary>The VM is not found.</summary>
    public const string VmNotFound = Prefix + "VM_NOT_FOUND";

    /// <summary>The VM's status does not allow the operation.</summary>
    public const string VmStatusIllegal = Prefix + "VM_STATUS_ILLEGAL";

    /// <summary>The VM must be pinned to a host.</summary>
    public const string VmNotPinnedToHost = Prefix + "VM_NOT_PINNED_TO_HOST";

    /// <summary>The VM must be pinned to a single host.</summary>
    public const string VmPinnedToMultipleHosts = Prefix + "VM_PINNED_TO_MULTIPLE_HOSTS";

    /// <summary>One or more of the specified host devices are not found.</summary>
    public const string HostDeviceNotFound = Prefix + "HOST_DEVICE_NOT_FOUND";

    /// <summary>A device must be specified.</summary>
    public const string DeviceMustBeSpecified = Prefix + "DEVICE_MUST_BE_SPECIFIED";

    /// <summary>An NVDIMM needs guest NUMA.</summary>
    public const string NumaUnavailable = "VM_NVDIMM_NUMA_UNAVAILABLE";

    /// <summary>The VM has NVDIMM devices attached.</summary>
    public const string VmHasAttachedNvdimmDevices = Prefix + "VM_HAS_ATTACHED_NVDIMM_DEVICES";

    /// <summary>The VM is pinned to its host.</summary>
    public const string VmIsPinnedToHost = Prefix + "VM_IS_PINNED_TO_HOST";

    /// <summary>The VM is not migratable, and the migration was not forced.</summary>
    public const string VmIsNonMigratable = Prefix + "VM_IS_NON_MIGRTABLE_AND_IS_NOT_FORCED_BY_USER_TO_MIGRATE";

    /// <summary>One or more configured host devices are unavailable.</summary>
    public const string HostDeviceNotAvailable = Prefix + "HOST_DEVICE_NOT_AVAILABLE";

    /// <summary>One or more configured host devices are already in use.</summary>
    public const string HostDeviceAlreadyInUse = Prefix + "HOST_DEVICE_ALREADY_IN_USE";

    /// <summary>VMs are pinned to the host.</summary>
    public const string DetectedPinnedVms = Prefix + "DETECTED_PINNED_VMS";

    /// <summary>VMs have host devices of the host attached.</summary>
    public const string DetectedAssignedHostDevices = Prefix + "DETECTED_ASSIGNED_HOST_DEVICES";
}
