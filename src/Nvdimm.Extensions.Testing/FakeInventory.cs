using System.Collections.Concurrent;
using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Extensions.Testing;

/// <summary>
/// An inventory for tests. Each host has the NVDIMMs that <see cref="Set"/> gave it; reading any other host fails. Safe for use by several
/// threads.
/// </summary>
public sealed class FakeInventory : INvdimmInventory
{
    private readonly ConcurrentDictionary<string, NvdimmInventory> hosts = new(StringComparer.Ordinal);

    /// <summary>Sets the NVDIMMs of a host.</summary>
    /// <param name="hostId">The id of the host, as in <see cref="InMemoryEngine"/> and <see cref="HostReference"/>.</param>
    /// <param name="inventory">Its NVDIMMs; null to make reading the host fail.</param>
    /// <exception cref="ArgumentNullException"><paramref name="hostId"/> is null.</exception>
    public void Set(string hostId, NvdimmInventory? inventory)
    {
        ArgumentNullException.ThrowIfNull(hostId);
        if (inventory is null)
        {
            hosts.TryRemove(hostId, out _);
        }
        else
        {
            hosts[hostId] = inventory;
        }
    }

    /// <inheritdoc/>
    public Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        cancellationToken.ThrowIfCancellationRequested();
        return hosts.TryGetValue(host.Id, out var inventory)
            ? Task.FromResult(inventory)
            : throw new NvdimmInventoryException(host.Name, $"FakeInventory.Set was not called for the id '{host.Id}'");
    }
}
