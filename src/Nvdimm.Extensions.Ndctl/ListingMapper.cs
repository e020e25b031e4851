namespace Nvdimm.Extensions.Ndctl;

/// <summary>Makes devices and findings of the entries of a listing.</summary>
internal static class ListingMapper
{
    public static NdctlListing Map(ListingReader reader, Finding? fault)
    {
        var walk = new ListingWalk(reader.Entries.Count);
        walk.Visit(reader.Entries, isWhole: fault is null);
        walk.Findings.AddRange(reader.Findings);
        if (fault is not null)
        {
            walk.Findings.Add(fault);
        }

        var devices = walk.Devices;
        DuplicateFinder.Mark(devices);
        return new NdctlListing(devices.ToValueList(), walk.Findings.ToValueList(), reader.Shape, IsComplete: fault is null && !walk.IsOfOtherProgram);
    }
}
