using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>The NVDIMM devices of a host. Only <see cref="NvdimmCategory"/> makes one.</summary>
public sealed record NvdimmHostDeviceListing : HostDeviceListing
{
    internal NvdimmHostDeviceListing()
    {
    }

    /// <summary>The host as the policy takes it: only devices that the host itself lists.</summary>
    public required HostDescription Description { get; init; }
}
