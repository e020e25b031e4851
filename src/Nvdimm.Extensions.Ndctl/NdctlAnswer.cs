namespace Nvdimm.Extensions.Ndctl;

/// <summary>What ndctl answers.</summary>
internal static class NdctlAnswer
{
    /// <summary>What is asked for a listing.</summary>
    public static readonly string[] Command = ["list", "-N", "-v"];

    // pmem/ndctl v81, ndctl/list.c: an entry that cannot be converted makes the command return -ENOMEM, which is 244 as exit status.
    private const int PartialStatus = 244;

    /// <summary>The listing.</summary>
    /// <exception cref="NdctlException">ndctl failed as a whole.</exception>
    public static NdctlListing Listing(FinishedRun run)
    {
        if (run.ExitStatus is not (0 or PartialStatus))
        {
            throw run.Failed();
        }

        var listing = NdctlParser.Parse(run.Output);
        return run.ExitStatus == PartialStatus
            ? listing with
            {
                Findings = [.. listing.Findings, Finding.Warning(NvdimmCodes.NdctlPartial, ("status", $"{run.ExitStatus}"), ("stderr", run.Error))],
                IsComplete = false,
            }
            : listing;
    }

    /// <summary>The listing with what it means that the user is not root.</summary>
    public static NdctlListing ForUser(NdctlListing listing, bool isRoot) =>
        isRoot ? listing : listing with { Findings = [.. listing.Findings, Finding.Warning(NvdimmCodes.NdctlNotRoot)] };

    /// <summary>The version. pmem/ndctl v81, util/main.c and Documentation/ndctl/ndctl.txt: it is printed alone; distributors add to it.</summary>
    /// <exception cref="NdctlException">ndctl failed, or names none.</exception>
    public static string Version(FinishedRun run)
    {
        using var reader = new StreamReader(run.Output);
        var version = reader.ReadLine()?.Trim();
        return run.ExitStatus != 0
            ? throw run.Failed()
            : string.IsNullOrEmpty(version) || !char.IsAsciiDigit(version[0]) || version.Length > 100
                ? throw new NdctlException(run.Command, NdctlFailure.Failed, $"'{run.Command}' names no version", run.ExitStatus, run.Error)
                : version;
    }
}
