namespace Nvdimm.Extensions.Engine.Inventories;

/// <summary>A host could not be asked for its NVDIMMs. Nothing may be concluded about them.</summary>
/// <param name="host">The name of the host.</param>
/// <param name="reason">Why, in words for people.</param>
/// <param name="inner">What happened below.</param>
public sealed class NvdimmInventoryException(string host, string reason, Exception? inner = null)
    : Exception($"The NVDIMM devices of {host} could not be read: {reason}", inner)
{
    /// <summary>The name of the host.</summary>
    public string Host { get; } = host;

    /// <summary>Why, in words for people.</summary>
    public string Reason { get; } = reason;
}
