using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Planning;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Commands;

/// <summary>The options of the commands that show which devices a VM can use.</summary>
internal sealed class OverviewOptions
{
    private readonly Option<string> ndctl = Options.Ndctl("Without it, the command reads this host's devices.");
    private readonly Option<GuestArchitecture?> architecture = Options.Architecture("The architecture of the guest. Default: the host's.");
    private readonly Option<SizingStrategy?> strategy = Options.Strategy();
    private readonly Option<string> folder = Options.StateFolder("The state folder, whose records show which VM owns a device.");

    /// <summary>The options as given, for a follow-up command that must look at the same devices.</summary>
    public IEnumerable<string> WordsOf(ParseResult parsed) =>
        new Option[] { ndctl, architecture, strategy, folder }.SelectMany(option => Options.WordsOf(parsed, option));

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { ndctl, architecture, strategy, folder })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the devices from the named file, or from this host.</summary>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    /// <exception cref="NdctlException">ndctl failed on this host.</exception>
    public Task<NdctlListing> ListAsync(ToolEnvironment environment, ParseResult parsed, CancellationToken cancellationToken) =>
        Listing.ReadAsync(environment, parsed.GetValue(ndctl), cancellationToken);

    /// <summary>Checks whether a VM can use the devices of a listing.</summary>
    public DeviceOverview Of(ToolEnvironment environment, ParseResult parsed, NdctlListing listing) => DeviceOverview.Of(
        environment, listing, parsed.GetValue(ndctl) is null ? parsed.GetValue(folder) : null, parsed.GetValue(architecture),
        parsed.GetValue(strategy));
}
