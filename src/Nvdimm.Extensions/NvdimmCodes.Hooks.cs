namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>A line of the configuration of the host hooks is wrong.</summary>
    public const string HookConfiguration = "NVDIMM_HOOK_CONFIGURATION";

    /// <summary>What a hook was given is missing, or cannot be read or written.</summary>
    public const string HookPayload = "NVDIMM_HOOK_PAYLOAD";

    /// <summary>A hook could not read or write what it needs.</summary>
    public const string HookFailed = "NVDIMM_HOOK_FAILED";

    /// <summary>The domain asks for another layout than the device has; the device keeps its own.</summary>
    public const string HookLayoutKept = "NVDIMM_HOOK_LAYOUT_KEPT";

    /// <summary>The domain is changed before the start.</summary>
    public const string HookDomainCorrected = "NVDIMM_HOOK_DOMAIN_CORRECTED";

    /// <summary>A device is reported that was missing from the host's own report.</summary>
    public const string HookReportRestored = "NVDIMM_HOOK_REPORT_RESTORED";

    /// <summary>A device is not reported.</summary>
    public const string HookReportWithheld = "NVDIMM_HOOK_REPORT_WITHHELD";

    /// <summary>A device is reported with other sizes, so that the engine's formula leads to a layout that works.</summary>
    public const string HookReportSized = "NVDIMM_HOOK_REPORT_SIZED";

    /// <summary>Hot-plugged memory got an address at which the guest can bring it online.</summary>
    public const string HookMemoryPlaced = "NVDIMM_HOOK_MEMORY_PLACED";

    /// <summary>Memory would be plugged at an address at which the guest cannot bring it online.</summary>
    public const string HookMemoryMisplaced = "NVDIMM_HOOK_MEMORY_MISPLACED";

    /// <summary>QEMU said at the start of a VM that writes to a device may be lost.</summary>
    public const string HookQemuWarned = "NVDIMM_HOOK_QEMU_WARNED";

    /// <summary>libvirt's domain asks for another layout than a device has, and a hook cannot change it.</summary>
    public const string DomainToEdit = "NVDIMM_DOMAIN_TO_EDIT";

    /// <summary>A restore of a domain would write an older content over its NVDIMMs.</summary>
    public const string RestoreOverwrites = "NVDIMM_RESTORE_OVERWRITES";

    /// <summary>A revert to a snapshot with memory, or a restore, would write an older content over a domain's NVDIMMs.</summary>
    public const string RevertOverwrites = "NVDIMM_REVERT_OVERWRITES";

    /// <summary>A VM starts, and nobody has claimed its device for it.</summary>
    public const string ClaimMissing = "NVDIMM_CLAIM_MISSING";

    /// <summary>The next start of a domain would give its guest another layout than the device has.</summary>
    public const string DomainMovesLayout = "NVDIMM_DOMAIN_MOVES_LAYOUT";

    /// <summary>A domain with NVDIMMs has a managed save, which its next start restores.</summary>
    public const string SaveOverwrites = "NVDIMM_SAVE_OVERWRITES";

    /// <summary>A domain with NVDIMMs has a snapshot with memory.</summary>
    public const string SnapshotOverwrites = "NVDIMM_SNAPSHOT_OVERWRITES";

    /// <summary>No hook checks the starts of the host's VMs.</summary>
    public const string HookNotInstalled = "NVDIMM_HOOK_NOT_INSTALLED";
}
