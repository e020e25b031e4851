using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout forget</c>: sets a record aside, damaged or not.</summary>
internal static class LayoutForgetCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var name = new Argument<string>("DEVICE|UUID")
        {
            Description = "The device: its kernel name, device file, uuid, or identity in its record. "
                + "For a damaged record: the name of its file.",
        };
        var folder = Options.StateFolder("The state folder with the records of layouts.");
        var yes = new Option<bool>("--yes") { Description = "Put it aside. Without this option, nothing is changed." };
        var json = Options.AsJson();
        var command = new Command(
            "forget",
            "Puts the record of a device aside.\n"
            + "After that, only the labels on the device show the layout that it was used with. "
            + "The file is kept, and you can move it back.")
        {
            name, folder, yes, json,
        };
        command.SetAction(parsed =>
        {
            var ledger = environment.Ledger(parsed.GetValue(folder)!);
            var identities = Find(ledger, parsed.GetValue(name)!);
            if (identities.Count != 1)
            {
                environment.Say(identities.Count == 0
                    ? $"the ledger has no record of '{parsed.GetValue(name)}'."
                    : $"'{parsed.GetValue(name)}' stands for more than one record: {string.Join(", ", identities)}.");
                if (parsed.GetValue(json))
                {
                    WriteJson(environment, file: null, aside: null);
                }

                return ExitStatus.Refused;
            }

            var file = ledger.FileOf(identities[0]);
            var aside = parsed.GetValue(yes) ? ledger.Forget(identities[0]) : null;
            Write(environment, file, aside, parsed.GetValue(json));
            return aside is null ? ExitStatus.Refused : ExitStatus.Good;
        });
        return command;
    }

    private static ValueList<DeviceIdentity> Find(LayoutLedger ledger, string name)
    {
        // The file of a record that has only a kernel name is "name-…@HOST.json".
        var plain = Path.GetFileName(name.EndsWith(".json", StringComparison.Ordinal) ? name[..^".json".Length] : name).Split('@')[0];
        return LedgerSelector.Matches(ledger.List(), name).Select(record => record.Identity)
            .Concat(LedgerSelector.Identities(plain))
            .Where(identity => ledger.FileOf(identity) is not null)
            .Distinct()
            .ToValueList();
    }

    private static void Write(ToolEnvironment environment, string? file, string? aside, bool asJson)
    {
        if (asJson)
        {
            WriteJson(environment, file, aside);
            return;
        }

        var console = ToolConsole.ForOutput(environment);
        console.WriteLine(Printable.Text(aside is null
            ? $"{file} would be put aside; nothing was changed. Repeat it with --yes."
            : $"{file} was put aside. To undo it: mv -n '{aside}' '{file}'"));
    }

    private static void WriteJson(ToolEnvironment environment, string? file, string? aside) =>
        Json.WriteTo(environment.Output, json => json.Object(() =>
    {
        json.Flag("forgotten", aside is not null);
        json.Text("record", file);
        json.Text("keptAs", aside);
    }));
}
