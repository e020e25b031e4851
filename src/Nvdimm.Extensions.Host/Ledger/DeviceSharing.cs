namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// The recorded permission that several VMs use one device at the same time, on purpose: read-only, or with a file system made for that. All
/// of them use it with the one recorded layout. Without it a second VM is refused.
/// </summary>
/// <param name="Vms">The VMs that share the device, each by its name or id. A VM that is not among them is refused, and refuses them.</param>
/// <param name="At">When it was permitted.</param>
/// <param name="By">Who permitted it.</param>
/// <param name="Note">Why; null where nothing was said.</param>
public sealed record DeviceSharing(ValueList<string> Vms, DateTimeOffset At, string By, string? Note)
{
    /// <summary>Whether a VM is among those that share the device. Names count exactly, ids in upper and lower case.</summary>
    /// <param name="vmName">The VM's name; null where it is not known.</param>
    /// <param name="vmId">The VM's id; null where it is not known.</param>
    public bool Permits(string? vmName, string? vmId) =>
        Vms.Any(vm => vm == vmName || (vmId is not null && string.Equals(vm, vmId, StringComparison.OrdinalIgnoreCase)));
}
