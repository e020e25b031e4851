using System.Collections.Frozen;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;

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
        var tasks = All.Select(category => ListingTrace.RunAsync(
            category.Capability, host, () => category.ListAsync(host, reported: null, cancellationToken)));
        var listings = await Task.WhenAll(tasks).ConfigureAwait(false);
        return listings.ToValueList();
    }

    /// <summary>
    /// Checks whether the devices of all categories allow an operation on a VM; see <see cref="IHostDeviceCategory.Check"/>. Returns the
    /// findings of all categories, each once.
    /// </summary>
    /// <param name="request">The operation; its <see cref="HostDeviceRequest.Listing"/> is ignored.</param>
    /// <param name="listings">
    /// The listings of the VM's host from <see cref="ListAsync"/>. If one is missing, its category knows nothing of the host.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument or a listing is null.</exception>
    /// <exception cref="ArgumentException">Two listings are of one category, or a listing has another type than its category's.</exception>
    public PolicyResult Check(HostDeviceRequest request, IReadOnlyCollection<HostDeviceListing> listings)
    {
        ArgumentNullException.ThrowIfNull(request);
        var listingOf = ByCapability(listings);
        return new PolicyResult(
            All.SelectMany(category => category.Check(Of(category, request, listingOf)).Findings).Distinct().ToValueList());
    }

    /// <summary>
    /// Adds the VM's devices of all categories to the domain of its next start, in registration order; see
    /// <see cref="IHostDeviceCategory.AddToDomain"/>.
    /// </summary>
    /// <param name="domainXml">The domain, without the devices of any category.</param>
    /// <param name="request">
    /// The VM and the other VMs; its <see cref="HostDeviceRequest.Operation"/> and <see cref="HostDeviceRequest.Listing"/> are ignored.
    /// </param>
    /// <param name="listings">As for <see cref="Check"/>.</param>
    /// <returns>The domain, with the warnings of all categories; or the reasons of the first category that refuses.</returns>
    /// <exception cref="ArgumentNullException">An argument or a listing is null.</exception>
    /// <exception cref="ArgumentException">
    /// The request has no VM, two listings are of one category, or a listing has another type than its category's.
    /// </exception>
    public DomainXmlResult AddToDomain(string domainXml, HostDeviceRequest request, IReadOnlyCollection<HostDeviceListing> listings)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        ArgumentNullException.ThrowIfNull(request);
        var listingOf = ByCapability(listings);
        if (request.Vm is null)
        {
            throw new ArgumentException("The request has no VM.", nameof(request));
        }

        var result = new DomainXmlResult(domainXml, []);
        foreach (var category in All)
        {
            var added = category.AddToDomain(result.Xml!, Of(category, request, listingOf));
            if (added.IsRefused)
            {
                return added;
            }

            result = added with { Findings = result.Findings.Union(added.Findings).ToValueList() };
        }

        return result;
    }

    /// <summary>Finds the problems of all categories; see <see cref="IHostDeviceCategory.Audit"/>.</summary>
    /// <param name="inventory">The VMs, and the listings of all categories and hosts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="inventory"/> is null.</exception>
    /// <exception cref="ArgumentException">A listing has another type than its category's.</exception>
    public ValueList<AuditFinding> Audit(HostDeviceAudit inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        return All.SelectMany(category => category.Audit(inventory with
        {
            Listings = inventory.Listings
                .Where(listing => string.Equals(listing.Capability, category.Capability, StringComparison.Ordinal))
                .ToValueList(),
        })).ToValueList();
    }

    private static HostDeviceRequest Of(
        IHostDeviceCategory category, HostDeviceRequest request, Dictionary<string, HostDeviceListing> listings) =>
        request with { Listing = listings.GetValueOrDefault(category.Capability) };

    private static Dictionary<string, HostDeviceListing> ByCapability(IReadOnlyCollection<HostDeviceListing> listings)
    {
        ArgumentNullException.ThrowIfNull(listings);
        NullArgument.ThrowIfAny(listings, nameof(listings));
        var listingOf = new Dictionary<string, HostDeviceListing>(StringComparer.Ordinal);
        foreach (var listing in listings)
        {
            if (!listingOf.TryAdd(listing.Capability, listing))
            {
                throw new ArgumentException($"Two listings are of the category '{listing.Capability}'.", nameof(listings));
            }
        }

        return listingOf;
    }
}
