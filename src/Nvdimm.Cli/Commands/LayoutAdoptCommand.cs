using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout adopt</c>: marks a state folder as this host's.</summary>
internal static class LayoutAdoptCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var folder = Options.StateFolder("The state folder.");
        var json = Options.AsJson();
        var command = new Command(
            "adopt",
            "Marks a state folder as this host's; creates it if it is missing.\n"
            + "A device without a record then counts as new. If records were lost, restore them first: 'nvdimm layout import'.")
        {
            folder, json,
        };
        command.SetAction(parsed =>
        {
            var (path, host) = (parsed.GetValue(folder)!, MachineId.Of(environment.Root));

            // Read all records first: an unreadable one must be reported before anything is changed.
            var records = environment.Ledger(path).List().Records.Count;
            StateFolder.Make(path, host);
            if (parsed.GetValue(json))
            {
                Json.WriteTo(environment.Output, json => json.Object(() =>
                {
                    json.Text("folder", path);
                    json.Text("host", host);
                    json.Number("records", records);
                }));
            }
            else
            {
                var console = ToolConsole.ForOutput(environment);
                console.WriteLine(Printable.Text($"{path} is this host's ({host}); it has {records} records"));
            }

            return ExitStatus.Good;
        });
        return command;
    }
}
