
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
