using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl.Mapping;

/// <summary>Makes devices and findings of the entries of a listing.</summary>
internal static class ListingMapper
{
    public static NdctlListing Map(ListedEntries entries, NdctlListingShape shape, Finding? fault)
    {
        var walk = new ListingWalk(entries.Count);
        walk.FindUnarmed(entries, bus: null);
        walk.Visit(entries, bus: null, region: null);
        if (fault is not null)
        {
            walk.Findings.Add(fault);
        }

        var devices = walk.Devices;
        DuplicateFinder.Mark(devices);
        return new NdctlListing(devices.ToValueList(), walk.Findings.ToValueList(), shape, IsComplete: fault is null);
    }
}
