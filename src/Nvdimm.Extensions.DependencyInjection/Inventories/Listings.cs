using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.DependencyInjection.Inventories;

/// <summary>Converts listings to inventories.</summary>
internal static class Listings
{
    /// <summary>Converts a listing.</summary>
    public static NvdimmInventory Inventory(NdctlListing listing) =>
        new(listing.Devices) { Findings = listing.Findings, IsComplete = listing.IsComplete };
}
