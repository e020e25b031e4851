namespace Nvdimm.Extensions.Devices;

/// <summary>Where the host keeps its page structures for the namespace (<c>ndctl list</c>, key <c>map</c>).</summary>
public enum NamespaceMap
{
    /// <summary>Not listed: raw and sector namespaces have none.</summary>
    Unspecified,

    /// <summary>Nowhere.</summary>
    None,

    /// <summary>In the host's RAM.</summary>
    Memory,

    /// <summary>On the device itself.</summary>
    Device,
}
