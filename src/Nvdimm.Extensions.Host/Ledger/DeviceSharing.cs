namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// The recorded permission for several VMs to use one device at the same time: read-only, or with a file system made for that. All of them
/// use the one recorded layout. Without a permission a second VM is refused.
/// </summary>
/// <param name="Vms">
/// The VMs that share the device, each by its name or id. A VM outside the list is refused while they run, and they are while it runs.
/// </param>
/// <param name="At">When it was permitted, UTC.</param>
/// <param name="By">Who permitted it.</param>
/// <param name="Note">The reason; null if none was given.</param>
public sealed record DeviceSharing(ValueList<string> Vms, DateTimeOffset At, string By, string? Note)
{
    /// <summary>Whether a VM shares the device. Names are compared exactly, ids without regard to case.</summary>
    /// <param name="vmName">The VM's name; null if unknown.</param>
    /// <param name="vmId">The VM's id; null if unknown.</param>
    public bool Permits(string? vmName, string? vmId) =>
        Vms.Any(vm => vm == vmName || (vmId is not null && string.Equals(vm, vmId, StringComparison.OrdinalIgnoreCase)));
}
