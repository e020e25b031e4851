namespace Nvdimm.Extensions.Engine.Models;

/// <summary>A device of a host or in the configuration of a VM, as the API has it. Path, size, mode and alignment are not in the API.</summary>
/// <param name="Id">The id; see <see cref="HostDeviceId"/>.</param>
/// <param name="Name">The kernel name.</param>
public sealed record OvirtHostDevice(string Id, string Name)
{
    /// <summary>The category, such as <c>nvdimm</c> or <c>pci</c>; null where the API does not say.</summary>
    public string? Capability { get; init; }

    /// <summary>The name of the parent device; null where the API does not say.</summary>
    public string? Parent { get; init; }

    /// <summary>The id of the host; null where the API does not say.</summary>
    public string? HostId { get; init; }

    /// <summary>Among a host's devices: the id of the VM that uses it now; null where none runs with it.</summary>
    public string? VmId { get; init; }
}
