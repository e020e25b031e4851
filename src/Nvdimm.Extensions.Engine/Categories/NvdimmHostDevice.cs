using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A host device of the category <c>nvdimm</c>.</summary>
public sealed record NvdimmHostDevice : HostDevice
{
    /// <summary>The host's own description of the device; null if only the engine reports it.</summary>
    public NvdimmDevice? Namespace { get; init; }
}
