namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>How much one listing may hold, so that memory stays bounded whatever the input is.</summary>
/// <param name="entries">The most objects and other entries.</param>
/// <param name="findings">The most findings about keys and values.</param>
internal sealed class ReadingBudget(int entries, int findings)
{
    private int entriesSeen;
    private int findingsSeen;

    /// <summary>Counts one more entry.</summary>
    /// <exception cref="RejectedInputException">There are too many.</exception>
    public void CountEntry(int line, int position)
    {
        if (++entriesSeen > entries)
        {
            throw new RejectedInputException(NvdimmCodes.NdctlTooLarge, $"more than {entries} entries", line, position);
        }
    }

    /// <summary>Counts one more finding. None is left out: one that is not noted could be what makes a device unusable.</summary>
    /// <exception cref="RejectedInputException">There are too many.</exception>
    public void CountFinding(int line, int position)
    {
        if (++findingsSeen > findings)
        {
            throw new RejectedInputException(NvdimmCodes.NdctlTooLarge, $"more than {findings} findings", line, position);
        }
    }
}
