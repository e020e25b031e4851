using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>The values of a namespace except its name.</summary>
internal record struct NamespaceValues
{
    public string? Mode { get; set; }

    public string? Map { get; set; }

    public string? State { get; set; }

    public string? Name { get; set; }

    public string? BlockDevice { get; set; }

    public string? CharDevice { get; set; }

    public Guid? Uuid { get; set; }

    public Guid? RawUuid { get; set; }

    public long? Size { get; set; }

    public long? Align { get; set; }

    /// <summary>The alignment of the dax region. Before v64 ndctl printed that of a devdax namespace only there.</summary>
    public long? DaxRegionAlign { get; set; }

    public long? SectorSize { get; set; }

    public long? NumaNode { get; set; }

    public long? TargetNode { get; set; }

    public long? BadBlockCount { get; set; }

    public List<DaxDevice>? DaxDevices { get; set; }

    public List<BadBlockRange>? BadBlocks { get; set; }
}
