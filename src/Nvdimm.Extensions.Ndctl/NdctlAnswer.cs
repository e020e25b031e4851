namespace Nvdimm.Extensions.Ndctl;

/// <summary>What <c>ndctl list</c> answers.</summary>
internal static class NdctlAnswer
{
    /// <summary>What is asked.</summary>
    public static readonly string[] Command = ["list", "-N", "-v"];

    // pmem/ndctl v81, ndctl/list.c: an entry that cannot be converted makes the command return -ENOMEM, which is 244 as exit status.
    private const int PartialStatus = 244;

    /// <summary>The listing.</summary>
    /// <exception cref="NdctlException">ndctl failed as a whole.</exception>
    public static NdctlListing Listing(NdctlProcess process, int exitStatus, MemoryStream output, string errors, bool isRoot)
    {
        if (exitStatus is not (0 or PartialStatus))
        {
            throw process.Failed(exitStatus, errors);
        }

        var listing = NdctlParser.Parse(output);
        var findings = listing.Findings.ToList();
        if (exitStatus == PartialStatus)
        {
            findings.Add(Finding.Warning(NvdimmCodes.NdctlPartial, ("status", $"{exitStatus}"), ("stderr", errors)));
        }

        if (!isRoot)
        {
            findings.Add(Finding.Warning(NvdimmCodes.NdctlNotRoot));
        }

        return listing with { Findings = findings.ToValueList(), IsComplete = listing.IsComplete && exitStatus == 0 };
    }
}
