namespace Nvdimm.Extensions.Ndctl;

/// <summary>Converts the entries of a listing to devices and findings.</summary>
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
        var isComplete = fault is null && !walk.IsOfOtherProgram;
        return new NdctlListing
        {
            Devices = devices.ToValueList(),
            Findings = walk.Findings.ToValueList(),
            Shape = reader.Shape,
            IsComplete = isComplete,
        };
    }
}
