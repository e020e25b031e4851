using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.DependencyInjection.Inventories;

/// <summary>Listings as inventories.</summary>
internal static class Listings
{
    /// <summary>What a listing says.</summary>
    public static NvdimmInventory Inventory(NdctlListing listing) => new(listing.Devices) { Findings = listing.Findings, IsComplete = listing.IsComplete };
}
