namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>A VM starts without NVDIMMs, and the record of what it should have could not be read.</summary>
    public const string ExpectedNvdimmsUnknown = "NVDIMM_EXPECTED_UNKNOWN";

    /// <summary>The installed libvirt or QEMU was verified, and does not behave as the sizes assume.</summary>
    public const string HypervisorDrift = "NVDIMM_HYPERVISOR_DRIFT";

    /// <summary>It is not known whether the installed libvirt and QEMU behave as the sizes assume.</summary>
    public const string HypervisorNotVerified = "NVDIMM_HYPERVISOR_NOT_VERIFIED";

    /// <summary>
    /// The installed libvirt and QEMU were not verified on this host, but each version lies between two that were verified elsewhere, or is
    /// a later version of the newest major version that was.
    /// </summary>
    public const string HypervisorKnown = "NVDIMM_HYPERVISOR_KNOWN";

    /// <summary>The guest's writes to an NVDIMM with private access are lost when the VM ends.</summary>
    public const string AccessPrivate = "NVDIMM_ACCESS_PRIVATE";

    /// <summary>The guest cannot write to an NVDIMM that is read-only in the domain.</summary>
    public const string AccessReadOnly = "NVDIMM_ACCESS_READONLY";

    /// <summary>The domain does not share a dax device, which the kernel maps only shared.</summary>
    public const string DevdaxNotShared = "NVDIMM_DEVDAX_NOT_SHARED";

    /// <summary>The device may be the raw area of a namespace that a VM used.</summary>
    public const string FellBackToRaw = "NVDIMM_FELL_BACK_TO_RAW";

    /// <summary>The elements that a domain needs to start with the layout that the device has.</summary>
    public const string LayoutToWrite = "NVDIMM_LAYOUT_TO_WRITE";

    /// <summary>The elements that a domain needs to start with the layout of one of several sets of labels.</summary>
    public const string LayoutOfLabels = "NVDIMM_LAYOUT_OF_LABELS";

    /// <summary>
    /// The device may be one that has another owner, or none: no strong fact decides, or the facts contradict each other.
    /// </summary>
    public const string IdentityUncertain = "NVDIMM_IDENTITY_UNCERTAIN";

    /// <summary>A VM's device now has another name; the engine knows only names.</summary>
    public const string DeviceRenamed = "NVDIMM_DEVICE_RENAMED";

    /// <summary>Two devices of the host have the same identity: one of them is a copy.</summary>
    public const string IdentityTwice = "NVDIMM_IDENTITY_TWICE";

    /// <summary>A record is of another host, and is ignored on this one.</summary>
    public const string RecordOfOtherHost = "NVDIMM_RECORD_OF_OTHER_HOST";

    /// <summary>The state folder does not belong to this host: it was lost and created again, or belongs to another host.</summary>
    public const string StateFolderForeign = "NVDIMM_STATE_FOLDER_FOREIGN";

    /// <summary>There is no state folder: it was lost, is not mounted, or was never created.</summary>
    public const string StateFolderMissing = "NVDIMM_STATE_FOLDER_MISSING";

    /// <summary>How to decide that a VM gets another device instead of one of its own.</summary>
    public const string ReplacementToDecide = "NVDIMM_REPLACEMENT_TO_DECIDE";

    /// <summary>The configuration line of the hooks that accepts names which now stand for other devices.</summary>
    public const string NamesToAccept = "NVDIMM_NAMES_TO_ACCEPT";
}
