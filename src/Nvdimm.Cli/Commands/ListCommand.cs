using System.CommandLine;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Ndctl.Vdsm;
using Spectre.Console;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm list</c>: the NVDIMM devices of a host.</summary>
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

    /// <summary>The command.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var ndctl = Options.Ndctl("Without it, ndctl on this host is asked.");
        var (format, json) = Options.Format("A table, JSON, or what VDSM would report to the engine. Default: table.", Formats);
        var command = new Command(
            "list",
            "Lists the NVDIMM devices of a host.\n"
            + "Says of each whether a VM can use it. As root on the host itself it also says what the devices hold.") { ndctl, format, json };
        command.Validators.Add(result => Options.RequireOneFormat(result, format, json, ListFormat.Json));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var listing = await Listing.ReadAsync(environment, parsed.GetValue(ndctl), cancellationToken).ConfigureAwait(false);
            var contents = parsed.GetValue(ndctl) is null ? DeviceContents.Read(environment, listing.Devices) : DeviceContents.Unknown;
            Write(environment, listing, contents, parsed.GetValue(json) ? ListFormat.Json : parsed.GetValue(format) ?? ListFormat.Table);
            return Listing.StatusOf(listing);
        });
        return command;
    }

    private static void Write(ToolEnvironment environment, NdctlListing listing, DeviceContents contents, ListFormat format)
    {
        switch (format)
        {
            case ListFormat.Json:
                Json.WriteTo(environment.Output, json => json.Listing(listing, contents));
                break;
            case ListFormat.Vdsm:
                VdsmHostDevices.Write(listing, environment.Output);
                environment.Output.WriteLine();
                ToolConsole.Over(environment.Error, environment.IsErrorTerminal).WriteFindings(listing.AllFindings);
                break;
            default:
                var console = ToolConsole.Over(environment.Output, environment.IsOutputTerminal);
                WriteDevices(console, listing, contents);

                // What a DIMM or a region says stands with each of its namespaces.
                console.WriteFindings(listing.AllFindings.Distinct());
                break;
        }
    }

    /// <summary>The devices; that there are none only where the listing can know.</summary>
    private static void WriteDevices(IAnsiConsole console, NdctlListing listing, DeviceContents contents)
    {
        if (listing.Devices.Count > 0)
        {
            console.Write(DeviceTable.Of(listing.Devices));
            console.WriteNumaNote(listing.Devices);
            foreach (var device in listing.Devices)
            {
                console.WriteContent(device.Name, contents.Of(device));
            }
        }
        else if (listing is { Shape: NdctlListingShape.Empty, IsComplete: true })
        {
            console.Write(new Text("No NVDIMM devices.\n"));
        }
    }
}
