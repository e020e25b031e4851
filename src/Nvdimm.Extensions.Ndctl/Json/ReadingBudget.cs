namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>Limits the content of one listing, so that memory stays bounded for any input. Not safe for use by several threads.</summary>
/// <param name="entries">The largest number of objects and other entries.</param>
/// <param name="findings">The largest number of findings about keys and values.</param>
internal sealed class ReadingBudget(int entries, int findings)
{
    private int entriesSeen;
    private int findingsSeen;

    /// <summary>Counts an entry.</summary>
    /// <exception cref="RejectedInputException">There are more entries than allowed.</exception>
    public void CountEntry(int line, int position)
    {
        if (++entriesSeen > entries)
        {
            throw new RejectedInputException(NvdimmCodes.NdctlTooLarge, $"more than {entries} entries", line, position);
        }
    }

    /// <summary>Counts a finding. Findings above the limit are not dropped silently, since each could make a device unusable.</summary>
    /// <exception cref="RejectedInputException">There are more findings than allowed.</exception>
    public void CountFinding(int line, int position)
    {
        if (++findingsSeen > findings)
        {
            throw new RejectedInputException(NvdimmCodes.NdctlTooLarge, $"more than {findings} findings", line, position);
        }
    }
}
