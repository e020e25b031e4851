using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A host device of the category <c>nvdimm</c>.</summary>
public sealed record NvdimmHostDevice : HostDevice
{
    /// <summary>What the host says of it; null where only the engine reports it.</summary>
    public NvdimmDevice? Namespace { get; init; }
}
