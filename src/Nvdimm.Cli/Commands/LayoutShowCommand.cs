using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout show</c>: prints the records of the ledger.</summary>
internal static class LayoutShowCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var name = new Argument<string?>("DEVICE|UUID")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Only the record of this device: its kernel name, device file, uuid, or identity.",
        };
        var folder = Options.StateFolder("The state folder with the records of layouts.");
        var json = Options.AsJson();
        var wide = Options.Wide();
        var command = new Command("show", "Shows the records of layouts.\nNames every record that cannot be read.")
        {
            name, folder, wide, json,
        };
        command.SetAction(parsed =>
        {
            var ledger = environment.Ledger(parsed.GetValue(folder)!);
            if (!Directory.Exists(ledger.Folder))
            {
                Write(environment, ledger.Folder, [], [], isWide: false, parsed.GetValue(json));
                environment.Say($"there is no state folder {ledger.Folder}: no layout was recorded here. "
                    + "'nvdimm host install' or 'nvdimm layout adopt' makes it.");
                return ExitStatus.BadInput;
            }

            var listing = ledger.List();
            var asked = parsed.GetValue(name);
            var records = asked is null ? listing.Records : LedgerSelector.Matches(listing, asked);
            Write(environment, ledger.Folder, records, listing.Findings, parsed.GetValue(wide), parsed.GetValue(json));
            if (asked is not null && records.Count == 0)
            {
                environment.Say($"the ledger has no readable record of '{asked}'.");
            }

            return listing.Findings.Count > 0 ? ExitStatus.Failed
                : asked is not null && records.Count == 0 ? ExitStatus.Refused
                : ExitStatus.Good;
        });
        return command;
    }

    private static void Write(
        ToolEnvironment environment, string folder, ValueList<LayoutRecord> records, ValueList<Finding> damaged, bool isWide, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, json => json.Object(() =>
            {
                json.Text("folder", folder);
                json.Array("records", records, json.Record);
                json.Array("damaged", damaged, finding => json.Object(() => json.FindingMembers(finding)));
            }));
            return;
        }

        var console = ToolConsole.ForOutput(environment, isWide);
        var notes = console.ForNotes(environment);
        if (records.Count > 0)
        {
            console.Write(RecordTable.Of(records));
        }
        else if (Directory.Exists(folder))
        {
            notes.WriteLine($"No record in {folder}.");
        }

        notes.WriteFindings(damaged);
    }
}
