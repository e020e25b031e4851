using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>The NVDIMM devices of a host. Only <see cref="NvdimmCategory"/> creates listings of this type.</summary>
public sealed record NvdimmHostDeviceListing : HostDeviceListing
{
    internal NvdimmHostDeviceListing()
    {
    }

    /// <summary>The host for the policy, with only the devices that the host itself lists.</summary>
    public required HostDescription Description { get; init; }
}

/// <summary>A host device of the category <c>nvdimm</c>.</summary>
public sealed record NvdimmHostDevice : HostDevice
{
    /// <summary>The host's own description of the device; null if only the engine reports it.</summary>
    public NvdimmDevice? Namespace { get; init; }
}
