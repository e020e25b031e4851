namespace Nvdimm.Extensions.Engine.Models;

/// <summary>
/// A device of a host or in the configuration of a VM, as the API returns it. The API does not have path, size, mode and alignment.
/// </summary>
/// <param name="Id">The id; see <see cref="HostDeviceId"/>.</param>
/// <param name="Name">The kernel name.</param>
public sealed record OvirtHostDevice(string Id, string Name)
{
    /// <summary>The category, such as <c>nvdimm</c> or <c>pci</c>; null if the API does not state it.</summary>
    public string? Capability { get; init; }

    /// <summary>The name of the parent device; null if the API does not state it.</summary>
    public string? Parent { get; init; }

    /// <summary>The id of the host; null if the API does not state it.</summary>
    public string? HostId { get; init; }

    /// <summary>For a host's device: the id of the running VM that uses it; null if none does.</summary>
    public string? VmId { get; init; }
}
