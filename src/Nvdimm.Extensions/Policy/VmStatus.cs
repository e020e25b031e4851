namespace Nvdimm.Extensions.Policy;

/// <summary>The status of a VM, by the names of the oVirt API (<c>image_locked</c> is <see cref="ImageLocked"/>).</summary>
public enum VmStatus
{
    /// <summary>The VM is not running.</summary>
    Down,

    /// <summary>An operation locks the VM's disks.</summary>
    ImageLocked,

    /// <summary>The VM is migrating.</summary>
    Migrating,

    /// <summary>The VM's host does not answer.</summary>
    NotResponding,

    /// <summary>The VM is paused.</summary>
    Paused,

    /// <summary>The VM is shutting down.</summary>
    PoweringDown,

    /// <summary>The VM is starting.</summary>
    PoweringUp,

    /// <summary>The VM is rebooting.</summary>
    RebootInProgress,

    /// <summary>The VM is resuming from a saved state.</summary>
    RestoringState,

    /// <summary>The VM's state is being saved.</summary>
    SavingState,

    /// <summary>The VM is suspended to disk.</summary>
    Suspended,

    /// <summary>The engine has not assigned a status yet.</summary>
    Unassigned,

    /// <summary>The status is not known.</summary>
    Unknown,

    /// <summary>The VM is running.</summary>
    Up,

    /// <summary>The VM waits to be started.</summary>
    WaitForLaunch,
}

/// <summary>The words of the engine's texts for a status (oVirt Engine 4.5, <c>AppErrors.properties</c>, VAR__VM_STATUS__…).</summary>
internal static class VmStatusWords
{
    public static string Of(VmStatus status) => status switch
    {
        VmStatus.ImageLocked => "Image Locked",
        VmStatus.NotResponding => "Not Responding",
        VmStatus.PoweringDown => "Powering Down",
        VmStatus.PoweringUp => "Powering Up",
        VmStatus.RebootInProgress => "Reboot in Progress",
        VmStatus.RestoringState => "Restoring State",
        VmStatus.SavingState => "Saving State",
        VmStatus.WaitForLaunch => "Wait for Launch",
        _ => status.ToString(),
    };
}
