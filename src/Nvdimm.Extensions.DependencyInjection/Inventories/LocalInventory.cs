using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.DependencyInjection.Inventories;

/// <summary>
/// Runs the ndctl of this machine for every host. Use it only if the engine has a single host, which is this machine. Safe for use by
/// several threads.
/// </summary>
/// <param name="runner">Runs ndctl.</param>
/// <exception cref="ArgumentNullException"><paramref name="runner"/> is null.</exception>
public sealed class LocalInventory(INdctlRunner runner) : INvdimmInventory
{
    private readonly INdctlRunner runner = runner ?? throw new ArgumentNullException(nameof(runner));

    /// <inheritdoc/>
    public async Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            var listing = await runner.ListAsync(cancellationToken).ConfigureAwait(false);
            return Listings.Inventory(listing) with { PageSize = Alignment.FromBytes(Environment.SystemPageSize) };
        }
        catch (NdctlException failed)
        {
            throw new NvdimmInventoryException(host.Name, failed.Message, failed);
        }
    }
}
