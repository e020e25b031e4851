using System.Collections.Concurrent;
using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Extensions.Testing;

/// <summary>Hosts that say what <see cref="Set"/> gave them. Any other host cannot be asked.</summary>
public sealed class FakeInventory : INvdimmInventory
{
    private readonly ConcurrentDictionary<string, NvdimmInventory> hosts = new(StringComparer.Ordinal);

    /// <summary>What a host says from now on.</summary>
    /// <param name="hostId">The id of the host, as <see cref="InMemoryEngine"/> and <see cref="HostReference"/> have it.</param>
    /// <param name="inventory">Its NVDIMMs; null where it cannot be asked any more.</param>
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
