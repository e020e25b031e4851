using System.CommandLine;
using Nvdimm.Cli.Engines;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine devices</c>: lists the NVDIMM devices of one of the engine's hosts.</summary>
internal static class EngineDevicesCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var (engine, wide, asJson) = (new EngineOptions(), Options.Wide(), Options.AsJson());
        var host = new Option<string>("--host") { HelpName = "NAME", Required = true, Description = "The host: its name or id." };
        var command = engine.Command(
            "devices",
            "Lists the NVDIMM devices of a host.\nShows the engine's name of each device together with the host's description.",
            host,
            wide,
            asJson);
        command.SetAction((parsed, cancellationToken) => engine.RunAsync(
            environment,
            parsed,
            async session =>
            {
                var reference = await session.HostAsync(parsed.GetValue(host)!, cancellationToken).ConfigureAwait(false);
                var listing = await Terminal.Progress.WaitAsync(
                    environment, $"Asking {reference.Name}", session.Manager.ListAsync(reference, cancellationToken), cancellationToken)
                    .ConfigureAwait(false);
                var asked = session.Manager.AvailabilityAsync(listing, environment.Architecture, cancellationToken);
                var devices = await Terminal.Progress.WaitAsync(environment, "Asking the engine for its VMs", asked, cancellationToken)
                    .ConfigureAwait(false);
                if (parsed.GetValue(asJson))
                {
                    Json.WriteTo(environment.Output, json => json.Listing(listing, devices));
                }
                else
                {
                    var console = ToolConsole.ForOutput(environment, parsed.GetValue(wide));
                    var notes = console.ForNotes(environment);
                    if (devices.Count == 0)
                    {
                        notes.WriteLine("No NVDIMM devices.");
                    }
                    else
                    {
                        console.Write(EngineTables.Devices(devices));
                    }

                    notes.WriteFindings(listing.Devices.SelectMany(device => device.Findings).Concat(listing.Findings).Distinct());
                }

                return listing.Findings.Any(finding => finding.Severity == Severity.Error) ? ExitStatus.Failed : ExitStatus.Good;
            },
            cancellationToken));
        return command;
    }
}
