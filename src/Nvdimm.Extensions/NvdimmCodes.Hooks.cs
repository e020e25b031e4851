namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>A line of the configuration of the host hooks is wrong.</summary>
    public const string HookConfiguration = "NVDIMM_HOOK_CONFIGURATION";

    /// <summary>The input of a hook is missing, or cannot be read or written.</summary>
    public const string HookPayload = "NVDIMM_HOOK_PAYLOAD";

    /// <summary>A hook could not read or write a file that it needs.</summary>
    public const string HookFailed = "NVDIMM_HOOK_FAILED";

    /// <summary>The domain asks for another layout than the device has; the device keeps its layout.</summary>
    public const string HookLayoutKept = "NVDIMM_HOOK_LAYOUT_KEPT";

    /// <summary>The hook changes the domain before the start.</summary>
    public const string HookDomainCorrected = "NVDIMM_HOOK_DOMAIN_CORRECTED";

    /// <summary>The hook reports a device that was missing from the host's own report.</summary>
    public const string HookReportRestored = "NVDIMM_HOOK_REPORT_RESTORED";

    /// <summary>The hook does not report a device.</summary>
    public const string HookReportWithheld = "NVDIMM_HOOK_REPORT_WITHHELD";

    /// <summary>The hook reports a device with other sizes, so that the engine's formula gives a layout that works.</summary>
    public const string HookReportSized = "NVDIMM_HOOK_REPORT_SIZED";

    /// <summary>The hook gave hot-plugged memory an address at which the guest can take it online.</summary>
    public const string HookMemoryPlaced = "NVDIMM_HOOK_MEMORY_PLACED";

    /// <summary>Memory would be plugged at an address at which the guest cannot take it online.</summary>
    public const string HookMemoryMisplaced = "NVDIMM_HOOK_MEMORY_MISPLACED";

    /// <summary>QEMU warned at the start of a VM that writes to a device may be lost.</summary>
    public const string HookQemuWarned = "NVDIMM_HOOK_QEMU_WARNED";

    /// <summary>libvirt's domain asks for another layout than a device has, and a hook cannot change it.</summary>
    public const string DomainToEdit = "NVDIMM_DOMAIN_TO_EDIT";

    /// <summary>Restoring a domain would overwrite its NVDIMMs with older content.</summary>
    public const string RestoreOverwrites = "NVDIMM_RESTORE_OVERWRITES";

    /// <summary>Reverting to a snapshot with memory, or restoring, would overwrite a domain's NVDIMMs with older content.</summary>
    public const string RevertOverwrites = "NVDIMM_REVERT_OVERWRITES";

    /// <summary>A VM starts, and its device was not claimed for it.</summary>
    public const string ClaimMissing = "NVDIMM_CLAIM_MISSING";

    /// <summary>The next start of a domain would use another layout than the device has.</summary>
    public const string DomainMovesLayout = "NVDIMM_DOMAIN_MOVES_LAYOUT";

    /// <summary>A device was plugged into a running domain, and is not in its definition.</summary>
    public const string PluggedIn = "NVDIMM_PLUGGED_IN";

    /// <summary>A domain with NVDIMMs has a managed save, which its next start restores.</summary>
    public const string SaveOverwrites = "NVDIMM_SAVE_OVERWRITES";

    /// <summary>A domain with NVDIMMs has a snapshot with memory.</summary>
    public const string SnapshotOverwrites = "NVDIMM_SNAPSHOT_OVERWRITES";

    /// <summary>No hook checks the starts of the host's VMs.</summary>
    public const string HookNotInstalled = "NVDIMM_HOOK_NOT_INSTALLED";
}
