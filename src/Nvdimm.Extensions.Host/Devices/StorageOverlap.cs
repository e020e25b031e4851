namespace Nvdimm.Extensions.Host.Devices;

/// <summary>How the storage behind one path lies to that behind another.</summary>
public enum StorageOverlap
{
    /// <summary>Neither has anything of the other.</summary>
    None,

    /// <summary>It is the same device or the same file: the paths are links, hard links, or nodes of one device.</summary>
    Same,

    /// <summary>It is on the other: a partition, a volume, a loop device or a file whose bytes are bytes of the other.</summary>
    Inside,

    /// <summary>The other is on it.</summary>
    Around,
}
