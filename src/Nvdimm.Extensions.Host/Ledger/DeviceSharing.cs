namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// The recorded permission for several VMs to use one device at the same time: read-only, or with a file system made for that. All of them
/// use the one recorded layout. Without a permission a second VM is refused.
/// </summary>
public sealed record DeviceSharing
{
    /// <summary>
    /// The VMs that share the device, each by its name or id. A VM outside the list is refused while they run, and they are while it runs.
    /// </summary>
    public required ValueList<string> Vms { get; init; }

    /// <summary>When it was permitted, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who permitted it.</summary>
    public required string By { get; init; }

    /// <summary>The reason; null if none was given.</summary>
    public required string? Note { get; init; }

    /// <summary>Whether a VM shares the device. Names are compared exactly, ids without regard to case.</summary>
    /// <param name="vmName">The VM's name; null if unknown.</param>
    /// <param name="vmId">The VM's id; null if unknown.</param>
    public bool Permits(string? vmName, string? vmId) =>
        Vms.Any(vm => vm == vmName || (vmId is not null && string.Equals(vm, vmId, StringComparison.OrdinalIgnoreCase)));
}
