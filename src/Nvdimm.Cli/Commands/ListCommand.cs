using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Ndctl.Vdsm;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm list</c>: lists the NVDIMM devices of a host.</summary>
internal static class ListCommand
{
    private static readonly Dictionary<string, ListFormat?> Formats = new(StringComparer.Ordinal)
    {
        ["table"] = ListFormat.Table,
        ["json"] = ListFormat.Json,
        ["vdsm"] = ListFormat.Vdsm,
    };

    private enum ListFormat
    {
        Table,
        Json,
        Vdsm,
    }

    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var overview = new OverviewOptions();
        var wide = Options.Wide();
        var (format, json) = Options.Format("A table, JSON, or what VDSM would report to the engine. Default: table.", Formats);
        var command = new Command(
            "list",
            "Lists the NVDIMM devices of a host.\n"
            + "Says of each whether a VM can have it, and if not, why. As root on the host itself, it also shows what the devices hold.");
        overview.AddTo(command);
        command.Options.Add(wide);
        command.Options.Add(format);
        command.Options.Add(json);
        command.Validators.Add(result => Options.RequireOneFormat(result, format, json, ListFormat.Json));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var listing = await overview.ListAsync(environment, parsed, cancellationToken).ConfigureAwait(false);
            switch (parsed.GetValue(json) ? ListFormat.Json : parsed.GetValue(format) ?? ListFormat.Table)
            {
                case ListFormat.Json:
                    Json.WriteTo(environment.Output, writer => writer.Listing(overview.Of(environment, parsed, listing)));
                    break;
                case ListFormat.Vdsm:
                    WriteAsVdsm(environment, listing);
                    break;
                default:
                    Write(environment, overview.Of(environment, parsed, listing), parsed.GetValue(wide));
                    break;
            }

            return Listing.StatusOf(listing);
        });
        return command;
    }

    private static void WriteAsVdsm(ToolEnvironment environment, NdctlListing listing)
    {
        VdsmHostDevices.Write(listing, environment.Output);
        environment.Output.WriteLine();
        ToolConsole.ForErrors(environment).WriteFindings(listing.AllFindings);
    }

    /// <summary>
    /// Writes the devices. It says "none" only if the listing is complete. In a pipe everything that is not a row of the table goes to
    /// standard error.
    /// </summary>
    private static void Write(ToolEnvironment environment, DeviceOverview overview, bool isWide)
    {
        var console = ToolConsole.ForOutput(environment, isWide);
        var notes = console.ForNotes(environment);
        var listing = overview.Listing;
        if (listing.Devices.Count > 0)
        {
            console.WriteDevices(overview);
        }
        else if (listing is { Shape: NdctlListingShape.Empty, IsComplete: true, Findings.Count: 0 })
        {
            notes.WriteLine("No NVDIMM devices.");
        }

        // A finding of a DIMM or a region is on each of its namespaces, too.
        notes.WriteFindings(listing.AllFindings.Distinct());
        if (listing.Devices.Count > 0)
        {
            notes.WriteNotChecked(overview.NotChecked);
        }

        if (console.IsTerminal && listing.Devices.Count > 0)
        {
            console.WriteLine("'nvdimm show NAME' explains one device, 'nvdimm list --wide' shows all columns.");
        }
    }
}
