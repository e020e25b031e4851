namespace Nvdimm.Extensions.Host.Devices;

/// <summary>How the storage behind two paths overlaps.</summary>
internal enum StorageOverlap
{
    /// <summary>They share nothing.</summary>
    None,

    /// <summary>They are the same device or the same file: the paths are links, hard links, or nodes of one device.</summary>
    Same,

    /// <summary>The first is on the other: a partition, a volume, a loop device or a file whose bytes are bytes of the other.</summary>
    Inside,

    /// <summary>The other is on the first.</summary>
    Around,
}
