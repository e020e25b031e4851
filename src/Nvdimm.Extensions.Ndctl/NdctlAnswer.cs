namespace Nvdimm.Extensions.Ndctl;

/// <summary>Interprets the output of ndctl.</summary>
internal static class NdctlAnswer
{
    /// <summary>The arguments for a listing.</summary>
    public static readonly string[] Command = ["list", "-N", "-v"];

    // pmem/ndctl v81, ndctl/list.c: if an entry cannot be converted, the command returns -ENOMEM, which is exit status 244.
    private const int PartialStatus = 244;

    /// <summary>Reads the listing from a run.</summary>
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
                Findings =
                [
                    .. listing.Findings,
                    Finding.Warning(NvdimmCodes.NdctlPartial, ("status", $"{run.ExitStatus}"), ("stderr", run.Error)),
                ],
                IsComplete = false,
            }
            : listing;
    }

    /// <summary>Adds a warning to the listing if ndctl did not run as root.</summary>
    public static NdctlListing ForUser(NdctlListing listing, bool isRoot) =>
        isRoot ? listing : listing with { Findings = [.. listing.Findings, Finding.Warning(NvdimmCodes.NdctlNotRoot)] };

    /// <summary>
    /// Reads the version from a run. pmem/ndctl v81, util/main.c and Documentation/ndctl/ndctl.txt: ndctl prints only the version, to which
    /// distributors append text.
    /// </summary>
    /// <exception cref="NdctlException">ndctl failed, or printed no version.</exception>
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
