namespace Nvdimm.Extensions.Ownership;

/// <summary>The VM that owns a device. What it wrote there belongs to it, whether it is running or not.</summary>
/// <param name="VmName">The VM's name; null if it is not known.</param>
/// <param name="VmId">The VM's id; null if it is not known.</param>
public sealed record DeviceOwner(string? VmName, string? VmId)
{
    /// <summary>Whether neither name nor id is known.</summary>
    public bool IsNobody => VmName is null && VmId is null;

    /// <summary>
    /// Whether a VM is the owner. If both ids are known, they decide, without regard to case; otherwise the names must be equal. False for
    /// a VM with neither name nor id.
    /// </summary>
    /// <param name="vmName">The VM's name; null if it is not known.</param>
    /// <param name="vmId">The VM's id; null if it is not known.</param>
    public bool Is(string? vmName, string? vmId) => VmId is not null && vmId is not null
        ? string.Equals(VmId, vmId, StringComparison.OrdinalIgnoreCase)
        : VmName is not null && VmName == vmName;

    /// <summary>The name, otherwise the id; for messages.</summary>
    public override string ToString() => VmName ?? VmId ?? "nobody";
}

/// <summary>How a device got its owner. An owner changes in no other way.</summary>
public enum OwnershipAct
{
    /// <summary>The VM was the first to use a device that has no record.</summary>
    FirstUse,

    /// <summary>An administrator handed the device over.</summary>
    Given,

    /// <summary>An administrator released the device. It has no owner, and the next VM that uses it becomes the owner.</summary>
    Released,

    /// <summary>An administrator adopted the record of another host for this one.</summary>
    Imported,
}
