namespace Nvdimm.Extensions.Policy;

/// <summary>The status of a VM, by the names of the oVirt API (<c>image_locked</c> is <see cref="ImageLocked"/>).</summary>
public enum VmStatus
{
    /// <summary>Not running.</summary>
    Down,

    /// <summary>Its disks are being worked on.</summary>
    ImageLocked,

    /// <summary>Migrating.</summary>
    Migrating,

    /// <summary>Its host does not answer.</summary>
    NotResponding,

    /// <summary>Paused.</summary>
    Paused,

    /// <summary>On its way down.</summary>
    PoweringDown,

    /// <summary>Starting.</summary>
    PoweringUp,

    /// <summary>Rebooting.</summary>
    RebootInProgress,

    /// <summary>Coming back from a saved state.</summary>
    RestoringState,

    /// <summary>Being saved.</summary>
    SavingState,

    /// <summary>Saved to disk.</summary>
    Suspended,

    /// <summary>Not decided yet.</summary>
    Unassigned,

    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Running.</summary>
    Up,

    /// <summary>About to start.</summary>
    WaitForLaunch,
}
