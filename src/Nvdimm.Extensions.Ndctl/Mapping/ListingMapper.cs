using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl.Mapping;

/// <summary>Makes devices and findings of the objects of a listing.</summary>
internal static class ListingMapper
{
    public static NdctlListing Map(List<ListedObject> objects, NdctlListingShape shape, Finding? fault)
    {
        var walk = new ListingWalk();
        foreach (var listed in objects)
        {
            walk.Visit(listed, bus: null, region: null);
        }

        if (fault is not null)
        {
            walk.Findings.Add(fault);
        }

        var devices = walk.Devices();
        DuplicateFinder.Mark(devices);
        return new NdctlListing(devices.ToValueList(), walk.Findings.ToValueList(), shape, IsComplete: fault is null);
    }
}
