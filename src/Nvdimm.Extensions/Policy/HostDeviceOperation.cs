namespace Nvdimm.Extensions.Policy;

/// <summary>An operation on a VM or a host.</summary>
public enum HostDeviceOperation
{
    /// <summary>Add NVDIMMs to a VM.</summary>
    Attach,

    /// <summary>Remove NVDIMMs from a VM.</summary>
    Detach,

    /// <summary>Start the VM.</summary>
    Start,

    /// <summary>Take a snapshot of the disks only.</summary>
    Snapshot,

    /// <summary>Take a snapshot with memory.</summary>
    SnapshotWithMemory,

    /// <summary>Preview or restore a snapshot.</summary>
    SnapshotRestore,

    /// <summary>Suspend the VM to disk.</summary>
    Hibernate,

    /// <summary>Migrate the VM to another host.</summary>
    Migrate,

    /// <summary>Add NVDIMMs to a running VM.</summary>
    HotPlug,

    /// <summary>Remove NVDIMMs from a running VM.</summary>
    HotUnplug,

    /// <summary>Add ordinary memory to a running VM.</summary>
    MemoryHotPlug,

    /// <summary>Change the hosts that the VM is pinned to.</summary>
    ChangePinning,

    /// <summary>Clone the VM, or create one from a template of it.</summary>
    Clone,

    /// <summary>Create a template from the VM.</summary>
    Template,

    /// <summary>Remove the host from the engine.</summary>
    RemoveHost,

    /// <summary>
    /// Import an exported VM (OVF, OVA, a storage domain). Its NVDIMMs come from the exported configuration, which has only their names.
    /// </summary>
    Import,
}
