namespace Nvdimm.Extensions.Engine.Inventories;

/// <summary>Reports that a host's NVDIMMs could not be read. Then nothing is known of them.</summary>
/// <param name="host">The name of the host.</param>
/// <param name="reason">The reason in words.</param>
/// <param name="inner">The cause; null if there is none.</param>
public sealed class NvdimmInventoryException(string host, string reason, Exception? inner = null)
    : Exception($"The NVDIMM devices of {host} could not be read: {reason}", inner)
{
    /// <summary>The name of the host.</summary>
    public string Host { get; } = host;

    /// <summary>The reason in words.</summary>
    public string Reason { get; } = reason;
}
