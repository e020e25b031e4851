using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.EngineService;

/// <summary>Asks a few hosts at a time, whatever the number of users. Safe for use by several threads.</summary>
/// <param name="inventory">Reads one host.</param>
internal sealed class BoundedInventory(INvdimmInventory inventory) : INvdimmInventory, IDisposable
{
    private const int AtATime = 8;

    private readonly SemaphoreSlim free = new(AtATime);

    /// <inheritdoc/>
    public async Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            return await inventory.ReadAsync(host, cancellationToken);
        }
        finally
        {
            free.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => free.Dispose();
}
