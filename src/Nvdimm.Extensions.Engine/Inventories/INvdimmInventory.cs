
namespace Nvdimm.Extensions.Engine.Inventories;

/// <summary>
/// Asks hosts for what the engine's API does not tell of their NVDIMMs: path, size, mode, alignment, NUMA node, uuid. Behind it may be
/// <c>ndctl</c> over SSH, the local <c>ndctl</c>, or files.
/// </summary>
public interface INvdimmInventory
{
    /// <summary>What a host says of its NVDIMMs.</summary>
    /// <exception cref="NvdimmInventoryException">The host could not be asked: nothing may be concluded about its devices.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default);
}
