namespace Nvdimm.Extensions.Engine.Tests.Lifecycle;

/// <summary>What can happen.</summary>
internal enum LifecycleKind
{
    Attach,
    AttachByUuid,
    AttachTwo,
    Detach,
    DetachByUuid,
    DetachByLabel,
    OtherClientAttaches,
    OtherClientDetaches,
    EngineDrops,
    RebootRenames,
    RebootRenamesUnreported,
    Report,
    DimmMoves,
    DeviceDisabled,
    DeviceEnabled,
    HostSilent,
    HostPartial,
    HostSpeaks,
    VmCloned,
    VmDeleted,
    PinnedElsewhere,
    PinnedHome,
    RecordLost,
    Start,
    Stop,
    Save,
    Audit,
    EngineRefuses,
    EngineAnswerLost,
    EngineFailsAfterwards,
    CancelledMeanwhile,
    OtherClientRaces,
    VmDeletedMeanwhile,
    RecordFails,
    DroppedMeanwhile,
    UndoFails,
}

/// <summary>Something that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Vm">To which VM: a number that is taken modulo the count of VMs.</param>
/// <param name="Device">With which device.</param>
/// <param name="Other">Another VM, device or host.</param>
internal readonly record struct LifecycleEvent(LifecycleKind Kind, int Vm, int Device, int Other);
