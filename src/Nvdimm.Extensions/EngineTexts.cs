namespace Nvdimm.Extensions;

/// <summary>The engine's texts (oVirt Engine 4.5, <c>AppErrors.properties</c>).</summary>
internal static class EngineTexts
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [EngineCodes.DeviceMustBeSpecified] = "Cannot ${action} ${type}. Device must be specified.",
        [EngineCodes.VmNotFound] = "Cannot ${action} ${type}. VM is not found.",
        [EngineCodes.VmStatusIllegal] = "Cannot ${action} ${type} because the VM is in ${vmStatus} status.",
        [EngineCodes.VmNotPinnedToHost] = "Cannot ${action} ${type}. VM must be pinned to a host.",
        [EngineCodes.VmPinnedToMultipleHosts] = "Cannot ${action} ${type}. VM must be pinned to a single host.",
        [EngineCodes.HostDeviceNotFound] = "Cannot ${action} ${type}. One or more of specified host devices not found.",
        [EngineCodes.NumaUnavailable] = "Cannot use an NVDIMM device without NUMA.",
        [EngineCodes.VmHasAttachedNvdimmDevices] = "Cannot ${action} ${type}. VM has NVDIMM devices attached.",
        [EngineCodes.VmIsPinnedToHost] = "Cannot ${action} ${type}. VM is pinned to Host.",
        [EngineCodes.VmIsNonMigratable] =
            "Cannot ${action} ${type}. VM is non migratable and user did not specify the force-migration flag",
        [EngineCodes.HostDeviceNotAvailable] = "Cannot ${action} ${type}. One or more configured host devices are unavailable.",
        [EngineCodes.HostDeviceAlreadyInUse] =
            "Cannot ${action} ${type}. One or more configured host devices are already used by a VM or a Storage Domain.",

        // The engine adds a second line: the association between the VMs and the host must be removed.
        [EngineCodes.DetectedPinnedVms] =
            "Cannot ${action} ${type}. The following VMs are set to run specifically only on this Host: ${VmNames}.",
        [EngineCodes.DetectedAssignedHostDevices] =
            "Cannot ${action} ${type}. The following VMs are assigned with host devices from this Host: ${VmNames}.",
    };
}
