namespace Nvdimm.Extensions.Engine.Inventories;

/// <summary>
/// Reads from hosts what the engine's API does not have of their NVDIMMs: path, size, mode, alignment, NUMA node, UUID. The source can be
/// <c>ndctl</c> over SSH, the local <c>ndctl</c>, or files. Implementations must be safe for use by several threads.
/// </summary>
public interface INvdimmInventory
{
    /// <summary>Reads the NVDIMMs of a host.</summary>
    /// <exception cref="NvdimmInventoryException">The host could not be asked. Then nothing is known of its devices.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default);
}

/// <summary>A host of a management API.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, which is unique in its management API.</param>
/// <param name="Address">Its network address, such as <c>host1.example.org</c>; null if it is not known.</param>
/// <exception cref="ArgumentNullException">The id or the name is null.</exception>
public sealed record HostReference(string Id, string Name, string? Address = null)
{
    /// <summary>Its id.</summary>
    public string Id { get; init => field = NullArgument.Checked(value); } = NullArgument.Checked(Id);

    /// <summary>Its name, which is unique in its management API.</summary>
    public string Name { get; init => field = NullArgument.Checked(value); } = NullArgument.Checked(Name);
}

/// <summary>Reports that a host's NVDIMMs could not be read. Then nothing is known of them.</summary>
/// <param name="host">The name of the host.</param>
/// <param name="reason">The reason in words.</param>
/// <param name="inner">The cause; null if there is none.</param>
/// <exception cref="ArgumentNullException"><paramref name="host"/> or <paramref name="reason"/> is null.</exception>
public sealed class NvdimmInventoryException(string host, string reason, Exception? inner = null)
    : Exception($"The NVDIMM devices of {host} could not be read: {reason}", inner)
{
    /// <summary>The name of the host.</summary>
    public string Host { get; } = NullArgument.Checked(host, nameof(host));

    /// <summary>The reason in words.</summary>
    public string Reason { get; } = NullArgument.Checked(reason, nameof(reason));
}
