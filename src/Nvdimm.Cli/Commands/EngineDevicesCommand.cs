using System.CommandLine;
using Nvdimm.Cli.Engines;
using Nvdimm.Cli.Output;
using Nvdimm.Extensions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine devices</c>: the NVDIMM devices of a host of the engine.</summary>
internal static class EngineDevicesCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var (engine, asJson) = (new EngineOptions(), Options.AsJson());
        var host = new Option<string>("--host") { HelpName = "NAME", Required = true, Description = "The host: its name or id." };
        var command = engine.Command("devices", "Lists the NVDIMM devices of a host.\nShows the engine's name of each with what the host says of it.", host, asJson);
        command.SetAction((parsed, cancellationToken) => engine.RunAsync(
            environment,
            parsed,
            async session =>
            {
                var found = await session.HostAsync(parsed.GetValue(host)!, cancellationToken).ConfigureAwait(false);
                var listing = await Output.Progress.WaitAsync(environment, $"Asking {found.Name}", session.Manager.ListAsync(found, cancellationToken), cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(asJson))
                {
                    Json.WriteTo(environment.Output, json => json.Listing(listing));
                }
                else
                {
                    var console = ToolConsole.Over(environment.Output, environment.IsOutputTerminal);
                    console.Write((IRenderable)(listing.Devices.Count == 0 ? new Text("No NVDIMM devices.\n") : EngineTables.Devices(listing.Devices)));
                    console.WriteFindings(listing.Devices.SelectMany(device => device.Findings).Concat(listing.Findings).Distinct());
                }

                return listing.Findings.Any(finding => finding.Severity == Severity.Error) ? ExitStatus.Failed : ExitStatus.Good;
            },
            cancellationToken));
        return command;
    }
}
