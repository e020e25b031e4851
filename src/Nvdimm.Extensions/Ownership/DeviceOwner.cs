namespace Nvdimm.Extensions.Ownership;

/// <summary>The VM whose device it is: what it has written there is its own, whether it runs or not.</summary>
/// <param name="VmName">The VM's name; null where it is not known.</param>
/// <param name="VmId">The VM's id; null where it is not known.</param>
public sealed record DeviceOwner(string? VmName, string? VmId)
{
    /// <summary>Whether it names nobody.</summary>
    public bool IsNobody => VmName is null && VmId is null;

    /// <summary>
    /// Whether a VM is the owner. Ids decide, without regard to case; where one of them is not known, names do, exactly. A VM of which nothing is
    /// known is not.
    /// </summary>
    /// <param name="vmName">The VM's name; null where it is not known.</param>
    /// <param name="vmId">The VM's id; null where it is not known.</param>
    public bool Is(string? vmName, string? vmId) => VmId is not null && vmId is not null
        ? string.Equals(VmId, vmId, StringComparison.OrdinalIgnoreCase)
        : VmName is not null && VmName == vmName;

    /// <summary>For a message: the name, otherwise the id.</summary>
    public override string ToString() => VmName ?? VmId ?? "nobody";
}
