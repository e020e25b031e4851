namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>A VM starts without NVDIMMs, and whether it should have some could not be read.</summary>
    public const string ExpectedNvdimmsUnknown = "NVDIMM_EXPECTED_UNKNOWN";

    /// <summary>The installed libvirt or QEMU was checked, and does not do what sizes are computed for.</summary>
    public const string HypervisorDrift = "NVDIMM_HYPERVISOR_DRIFT";

    /// <summary>It is not known whether the installed libvirt and QEMU do what sizes are computed for.</summary>
    public const string HypervisorNotVerified = "NVDIMM_HYPERVISOR_NOT_VERIFIED";

    /// <summary>
    /// The installed libvirt and QEMU were not verified on this host, but each version lies between two that were verified elsewhere, or is a later one
    /// of the newest major version that was.
    /// </summary>
    public const string HypervisorKnown = "NVDIMM_HYPERVISOR_KNOWN";

    /// <summary>The guest's writes to an NVDIMM with private access are gone when the VM ends.</summary>
    public const string AccessPrivate = "NVDIMM_ACCESS_PRIVATE";

    /// <summary>The guest cannot write to an NVDIMM that is read-only in the domain.</summary>
    public const string AccessReadOnly = "NVDIMM_ACCESS_READONLY";

    /// <summary>The domain does not share a dax device, which the kernel maps only shared.</summary>
    public const string DevdaxNotShared = "NVDIMM_DEVDAX_NOT_SHARED";

    /// <summary>The device may be the raw area of a namespace that a VM has used.</summary>
    public const string FellBackToRaw = "NVDIMM_FELL_BACK_TO_RAW";

    /// <summary>What a domain has to say for a start with the layout that the device has.</summary>
    public const string LayoutToWrite = "NVDIMM_LAYOUT_TO_WRITE";

    /// <summary>The device may be one that has another owner, or none: no strong fact decides, or the facts contradict each other.</summary>
    public const string IdentityUncertain = "NVDIMM_IDENTITY_UNCERTAIN";

    /// <summary>A VM's device has another name now; the engine knows names only.</summary>
    public const string DeviceRenamed = "NVDIMM_DEVICE_RENAMED";

    /// <summary>Two devices of the host have one identity: one of them is a copy.</summary>
    public const string IdentityTwice = "NVDIMM_IDENTITY_TWICE";

    /// <summary>A record is of another host, and decides nothing here.</summary>
    public const string RecordOfOtherHost = "NVDIMM_RECORD_OF_OTHER_HOST";

    /// <summary>The state folder is not this host's: it was lost and made again, or belongs to another host.</summary>
    public const string StateFolderForeign = "NVDIMM_STATE_FOLDER_FOREIGN";

    /// <summary>There is no state folder: it was lost, is not mounted, or was never made.</summary>
    public const string StateFolderMissing = "NVDIMM_STATE_FOLDER_MISSING";

    /// <summary>What decides that a VM shall have another device in the place of one of its own.</summary>
    public const string ReplacementToDecide = "NVDIMM_REPLACEMENT_TO_DECIDE";

    /// <summary>The one line of the hooks' configuration that accepts names which stand for other devices than before.</summary>
    public const string NamesToAccept = "NVDIMM_NAMES_TO_ACCEPT";
}
