using System.Collections.Frozen;
using Nvdimm.Extensions.Engine.Inventories;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>
/// The categories of host devices that a management API offers, in the order of registration. Immutable; safe for use by several threads.
/// </summary>
public sealed class HostDeviceCategories
{
    private readonly FrozenDictionary<string, IHostDeviceCategory> byCapability;

    /// <summary>Creates the registry.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="categories"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">Two categories have the same capability.</exception>
    public HostDeviceCategories(IEnumerable<IHostDeviceCategory> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        All = categories.ToValueList();
        NullArgument.ThrowIfAny(All, nameof(categories));
        byCapability = All.Select(category => KeyValuePair.Create(category.Capability, category)).ToArray() is var pairs
            && pairs.DistinctBy(pair => pair.Key, StringComparer.Ordinal).Count() == pairs.Length
            ? pairs.ToFrozenDictionary(StringComparer.Ordinal)
            : throw new ArgumentException("Two categories have the same capability", nameof(categories));
    }

    /// <summary>All categories.</summary>
    public ValueList<IHostDeviceCategory> All { get; }

    /// <summary>The category of a capability, such as <c>nvdimm</c>; null if none is registered.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="capability"/> is null.</exception>
    public IHostDeviceCategory? Find(string capability)
    {
        ArgumentNullException.ThrowIfNull(capability);
        return byCapability.GetValueOrDefault(capability);
    }

    /// <summary>
    /// Lists the devices of a host in all categories, in registration order; see <see cref="IHostDeviceCategory.ListAsync"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ValueList<HostDeviceListing>> ListAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        var tasks = All.Select(category => category.ListAsync(host, reported: null, cancellationToken));
        var listings = await Task.WhenAll(tasks).ConfigureAwait(false);
        return listings.ToValueList();
    }
}
