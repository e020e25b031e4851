using System.Collections.Concurrent;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Extensions.Testing;

/// <summary>Hosts that say what they are told to. A host that nobody told anything cannot be asked.</summary>
public sealed class FakeInventory : INvdimmInventory
{
    private readonly ConcurrentDictionary<string, NvdimmInventory> hosts = new(StringComparer.Ordinal);

    /// <summary>What a host says from now on.</summary>
    /// <param name="host">The name of the host.</param>
    /// <param name="inventory">Its NVDIMMs; null where it cannot be asked any more.</param>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    public void Set(string host, NvdimmInventory? inventory)
    {
        if (inventory is null)
        {
            hosts.TryRemove(host, out _);
        }
        else
        {
            hosts[host] = inventory;
        }
    }

    /// <inheritdoc/>
    public Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        cancellationToken.ThrowIfCancellationRequested();
        return hosts.TryGetValue(host.Name, out var inventory)
            ? Task.FromResult(inventory)
            : throw new NvdimmInventoryException(host.Name, "nobody told the fake what it has");
    }
}
