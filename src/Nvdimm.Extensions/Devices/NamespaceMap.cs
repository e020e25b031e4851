namespace Nvdimm.Extensions.Devices;

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
