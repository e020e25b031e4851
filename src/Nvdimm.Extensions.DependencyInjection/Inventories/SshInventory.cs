using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Ndctl.Ssh;

namespace Nvdimm.Extensions.DependencyInjection.Inventories;

/// <summary>
/// Runs each host's own ndctl over SSH, at the host's address, or its name if it has no address. Safe for use by several threads.
/// </summary>
/// <param name="options">How to reach the hosts; null for the defaults.</param>
public sealed class SshInventory(SshNdctlOptions? options = null) : INvdimmInventory
{
    /// <inheritdoc/>
    public async Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            var sshHost = await new SshNdctlRunner(host.Address ?? host.Name, options).ReadAsync(cancellationToken).ConfigureAwait(false);
            var inventory = Listings.Inventory(sshHost.Listing) with { Selinux = sshHost.Selinux };
            return sshHost.PageSize is { } pageSize ? inventory with { PageSize = pageSize } : inventory;
        }
        catch (Exception failed) when (failed is NdctlException or ArgumentException)
        {
            throw new NvdimmInventoryException(host.Name, failed.Message, failed);
        }
    }
}
