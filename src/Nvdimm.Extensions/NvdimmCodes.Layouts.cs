namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>The device has labels at another offset than planned.</summary>
    public const string LayoutMoved = "NVDIMM_LAYOUT_MOVED";

    /// <summary>The ledger has another layout for the device than planned.</summary>
    public const string LayoutChanged = "NVDIMM_LAYOUT_CHANGED";

    /// <summary>The labels were written under another UUID than planned (POWER).</summary>
    public const string LayoutForeign = "NVDIMM_LAYOUT_FOREIGN";

    /// <summary>The ledger has another guest UUID for the device than planned (POWER).</summary>
    public const string LayoutUuidChanged = "NVDIMM_LAYOUT_UUID_CHANGED";

    /// <summary>The device has more than one set of labels.</summary>
    public const string LayoutAmbiguous = "NVDIMM_LAYOUT_AMBIGUOUS";

    /// <summary>The labels at the planned offset are not those that were recorded last, but older ones or a copy of others.</summary>
    public const string LayoutStaleLabels = "NVDIMM_LAYOUT_STALE_LABELS";

    /// <summary>The device has another size than recorded or listed.</summary>
    public const string LayoutResized = "NVDIMM_LAYOUT_RESIZED";

    /// <summary>The device's DIMMs lost power, since the device was last used, before everything that was written had been saved.</summary>
    public const string DirtyShutdown = "NVDIMM_DIRTY_SHUTDOWN";

    /// <summary>The device's labels could not be read.</summary>
    public const string LayoutUnreadable = "NVDIMM_LAYOUT_UNREADABLE";

    /// <summary>The device had labels when it was recorded, and has none now.</summary>
    public const string LayoutLabelsMissing = "NVDIMM_LAYOUT_LABELS_MISSING";

    /// <summary>The device has the signature of labels, but no intact index of them.</summary>
    public const string LayoutLabelsDamaged = "NVDIMM_LAYOUT_LABELS_DAMAGED";

    /// <summary>A namespace of the guest extends beyond the guest size of the planned layout.</summary>
    public const string LayoutCutsNamespaces = "NVDIMM_LAYOUT_CUTS_NAMESPACES";

    /// <summary>The ledger identifies the device by its kernel name only.</summary>
    public const string LayoutWeakIdentity = "NVDIMM_LAYOUT_WEAK_IDENTITY";

    /// <summary>The labels are at the planned offset, but the ledger has no record of the device.</summary>
    public const string LayoutNotRecorded = "NVDIMM_LAYOUT_NOT_RECORDED";

    /// <summary>The labels are at the recorded offset, with another content.</summary>
    public const string LayoutLabelsChanged = "NVDIMM_LAYOUT_LABELS_CHANGED";

    /// <summary>A layout that should be kept is no longer possible on the device.</summary>
    public const string LayoutCannotBeKept = "NVDIMM_LAYOUT_CANNOT_BE_KEPT";

    /// <summary>A record of the ledger does not have the format that this library writes.</summary>
    public const string LedgerDamaged = "NVDIMM_LEDGER_DAMAGED";

    /// <summary>A record was written by a newer version.</summary>
    public const string LedgerNewer = "NVDIMM_LEDGER_NEWER";

    /// <summary>The ledger cannot be read.</summary>
    public const string LedgerUnreadable = "NVDIMM_LEDGER_UNREADABLE";

    /// <summary>An imported record differs from the ledger's record.</summary>
    public const string LedgerConflict = "NVDIMM_LEDGER_CONFLICT";

    /// <summary>Another VM, or another start, has claimed the device.</summary>
    public const string ClaimHeld = "NVDIMM_CLAIM_HELD";

    /// <summary>A claim does not have the format that this library writes.</summary>
    public const string ClaimDamaged = "NVDIMM_CLAIM_DAMAGED";

    /// <summary>A claim could not be released after the work. It ends with the process that holds it.</summary>
    public const string ClaimNotReleased = "NVDIMM_CLAIM_NOT_RELEASED";

    /// <summary>There are no labels at the offset to copy from, or not the ones that were planned with.</summary>
    public const string RelocationNoLabels = "NVDIMM_RELOCATION_NO_LABELS";

    /// <summary>The planned offset is not above the end of the labels, so the layout does not grow.</summary>
    public const string RelocationShrinks = "NVDIMM_RELOCATION_SHRINKS";

    /// <summary>The planned label area extends beyond the device.</summary>
    public const string RelocationOutsideDevice = "NVDIMM_RELOCATION_OUTSIDE_DEVICE";

    /// <summary>The planned offset already has labels.</summary>
    public const string RelocationTargetLabelled = "NVDIMM_RELOCATION_TARGET_LABELLED";

    /// <summary>The planned label area is not empty; its data goes into the backup.</summary>
    public const string RelocationTargetNotEmpty = "NVDIMM_RELOCATION_TARGET_NOT_EMPTY";

    /// <summary>The planned offset is within a namespace of these labels.</summary>
    public const string RelocationIntoNamespaces = "NVDIMM_RELOCATION_INTO_NAMESPACES";

    /// <summary>The labels to copy are not those that were recorded last.</summary>
    public const string RelocationNotRecorded = "NVDIMM_RELOCATION_NOT_RECORDED";

    /// <summary>The requested architecture is not the recorded one or, without a record, not the host's.</summary>
    public const string RelocationArchitecture = "NVDIMM_RELOCATION_ARCHITECTURE";

    /// <summary>The claim under which labels should be copied is not held.</summary>
    public const string RelocationNotClaimed = "NVDIMM_RELOCATION_NOT_CLAIMED";

    /// <summary>A file is not a backup from a relocation of this device's labels.</summary>
    public const string RestoreBadBackup = "NVDIMM_RESTORE_BAD_BACKUP";

    /// <summary>What a relocation wrote was changed afterwards, so restoring would lose data.</summary>
    public const string RestoreChanged = "NVDIMM_RESTORE_CHANGED";

    /// <summary>Restoring would remove the last intact labels of the device.</summary>
    public const string RestoreLastLabels = "NVDIMM_RESTORE_LAST_LABELS";

    /// <summary>What a relocation wrote is now within the data of a guest that was started since.</summary>
    public const string RestoreGuestData = "NVDIMM_RESTORE_GUEST_DATA";
}
