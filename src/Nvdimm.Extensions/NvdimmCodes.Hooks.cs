namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>A line of the configuration of the host hooks is wrong.</summary>
    public const string HookConfiguration = "NVDIMM_HOOK_CONFIGURATION";

    /// <summary>What VDSM gave a hook is missing, or cannot be read or written.</summary>
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
}
