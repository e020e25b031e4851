using System.CommandLine;
using Nvdimm.Cli.Engines;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine hosts</c>: lists the engine's hosts.</summary>
internal static class EngineHostsCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var (engine, wide, asJson) = (new EngineOptions(), Options.Wide(), Options.AsJson());
        var command = engine.Command("hosts", "Lists the hosts of the engine.", wide, asJson);
        command.SetAction((parsed, cancellationToken) => engine.RunAsync(
            environment,
            parsed,
            async session =>
            {
                var hosts =
                    await Progress.WaitAsync(environment, "Asking the engine", session.ListHostsAsync(
                        cancellationToken).ToListAsync(cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(asJson))
                {
                    Json.WriteTo(environment.Output, json => json.Object(() => json.Array("hosts", hosts, host => json.Object(() =>
                    {
                        json.Text("id", host.Id);
                        json.Text("name", host.Name);
                        json.Text("address", host.Address);
                        json.Text("status", host.Status);
                    }))));
                    return ExitStatus.Good;
                }

                var table = new TextTable(new("HOST"), new("STATUS"), new("ADDRESS", 1), new("ID", 2));
                hosts.ForEach(host => table.Add(host.Name, host.Status, host.Address, host.Id));
                ToolConsole.ForOutput(environment, parsed.GetValue(wide)).Write(table);
                return ExitStatus.Good;
            },
            cancellationToken));
        return command;
    }
}
