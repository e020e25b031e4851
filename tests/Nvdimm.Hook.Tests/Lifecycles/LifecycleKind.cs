namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>What can happen to hosts, devices, VMs and the ledger.</summary>
internal enum LifecycleKind
{
    /// <summary>The host boots again, and the kernel numbers its devices anew.</summary>
    Reboot,

    /// <summary>The host goes down without a word, and comes back with the same names.</summary>
    Crash,

    /// <summary>The driver of a device is not there yet: the namespace has neither holder nor device file.</summary>
    DriverLate,

    /// <summary>The device is whole again: driver bound, superblock read.</summary>
    ComeBack,

    /// <summary>Only the raw area of a device shows.</summary>
    FallToRaw,

    /// <summary>A namespace is made anew, with another uuid; what is on it stays.</summary>
    MadeAnewKept,

    /// <summary>A namespace is made anew, with another uuid; it is blank.</summary>
    MadeAnewBlank,

    /// <summary>A device grows.</summary>
    Grown,

    /// <summary>A device is copied to another one by dd, without the superblock.</summary>
    Copied,

    /// <summary>A device is copied to another one by dd, uuid and all.</summary>
    CopiedWithUuid,

    /// <summary>Devices of two hosts change places.</summary>
    MovedToOtherHost,

    /// <summary>The DIMM of a device is taken out, and another one put in its place.</summary>
    DimmSwapped,

    /// <summary>A VM is cloned, with its property and its devices.</summary>
    VmCloned,

    /// <summary>A VM is exported, removed and imported under another id, with its property and without its devices.</summary>
    VmImported,

    /// <summary>A VM is deleted.</summary>
    VmDeleted,

    /// <summary>A VM is pinned to the other host; the engine drops its devices.</summary>
    VmPinnedElsewhere,

    /// <summary>The property of a VM names the device that it has.</summary>
    PropertyRight,

    /// <summary>The property of a VM names any device of its host.</summary>
    PropertyAny,

    /// <summary>The property of a VM says that it has none.</summary>
    PropertyNone,

    /// <summary>The property of a VM is removed.</summary>
    PropertyRemoved,

    /// <summary>VDSM's report goes through the hook to the engine, which drops what is not in it.</summary>
    Report,

    /// <summary>ndctl fails, and the hook has to make the report alone.</summary>
    EmptyReport,

    /// <summary>A report without one device reaches the engine, past the hook.</summary>
    ReportLost,

    /// <summary>A device that was reported is attached to a VM.</summary>
    Attach,

    /// <summary>A device is detached from a VM.</summary>
    Detach,

    /// <summary>A VM is started.</summary>
    Start,

    /// <summary>A VM is started, and where that is refused VDSM says that it is gone.</summary>
    StartThenDestroy,

    /// <summary>A VM ends.</summary>
    Stop,

    /// <summary>A guest makes its namespace anew, so that its labels are others.</summary>
    GuestWrites,

    /// <summary>The state folder of a host is lost.</summary>
    FolderLost,

    /// <summary>An administrator says that the state folder is the host's.</summary>
    FolderAdopted,

    /// <summary>The state folder is copied.</summary>
    FolderCopied,

    /// <summary>The state folder is replaced by its copy.</summary>
    FolderRestored,

    /// <summary>The layout of a VM's devices is recorded, for the VM.</summary>
    RecordWithVm,

    /// <summary>The layout of a VM's devices is recorded, and no VM is named.</summary>
    RecordWithoutVm,

    /// <summary>An administrator accepts all that can be accepted of a VM's devices.</summary>
    Accept,

    /// <summary>An administrator hands a device over to a VM.</summary>
    Give,

    /// <summary>An administrator releases a device.</summary>
    Release,

    /// <summary>An administrator puts a record aside.</summary>
    Forget,

    /// <summary>The records of the other host are imported.</summary>
    Import,

    /// <summary>The records of the other host are imported for this one.</summary>
    ImportForThisHost,

    /// <summary>The labels of a device are erased where the guest looks for them, or their copy is.</summary>
    LabelsWiped,

    /// <summary>An administrator copies the labels of a device to the place of another layout, or back to that of the engine's.</summary>
    LabelsRelocated,

    /// <summary>An administrator restores labels from a backup.</summary>
    LabelsRestored,

    /// <summary>An administrator configures the names that the report advises to accept.</summary>
    AcceptNames,

    /// <summary>The accepted names are removed from the configuration.</summary>
    AcceptNamesRemoved,
}
