using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Ndctl.Ssh;

namespace Nvdimm.Extensions.DependencyInjection.Inventories;

/// <summary>Asks each host's own ndctl over SSH, at the host's address, otherwise by its name.</summary>
/// <param name="options">How hosts are reached; null for the defaults.</param>
public sealed class SshInventory(SshNdctlOptions? options = null) : INvdimmInventory
{
    /// <inheritdoc/>
    public async Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            var found = await new SshNdctlRunner(host.Address ?? host.Name, options).ReadAsync(cancellationToken).ConfigureAwait(false);
            var inventory = Listings.Inventory(found.Listing) with { Selinux = found.Selinux };
            return found.PageSize is { } pageSize ? inventory with { PageSize = pageSize } : inventory;
        }
        catch (Exception failed) when (failed is NdctlException or ArgumentException)
        {
            throw new NvdimmInventoryException(host.Name, failed.Message, failed);
        }
    }
}
