using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.DependencyInjection.Inventories;

/// <summary>Asks the ndctl of this machine, whichever host is asked for: where the engine has one host, and this is it.</summary>
/// <param name="runner">Runs ndctl.</param>
public sealed class LocalInventory(INdctlRunner runner) : INvdimmInventory
{
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
