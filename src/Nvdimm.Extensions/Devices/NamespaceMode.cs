namespace Nvdimm.Extensions.Devices;

/// <summary>How the host exposes a namespace (<c>ndctl list</c>, key <c>mode</c>).</summary>
public enum NamespaceMode
{
    /// <summary>The listing has no mode, or one that no known ndctl prints.</summary>
    Unknown,

    /// <summary>A plain block device without DAX.</summary>
    Raw,

    /// <summary>A block device with atomic sectors (a block translation table), without DAX.</summary>
    Sector,

    /// <summary>A block device for file systems with DAX; <c>memory</c> in ndctl before version 60.</summary>
    Fsdax,

    /// <summary>A character device for direct mapping; <c>dax</c> in ndctl before version 60.</summary>
    Devdax,
}

/// <summary>Where the host keeps its page structures for the namespace (<c>ndctl list</c>, key <c>map</c>).</summary>
public enum NamespaceMap
{
    /// <summary>The listing has no map: raw and sector namespaces have none.</summary>
    Unspecified,

    /// <summary>There are no page structures.</summary>
    None,

    /// <summary>They are in the host's RAM.</summary>
    Memory,

    /// <summary>They are on the device itself.</summary>
    Device,
}
