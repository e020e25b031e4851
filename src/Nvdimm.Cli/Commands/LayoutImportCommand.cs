using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout import</c>: adds the records of an export to the ledger.</summary>
internal static class LayoutImportCommand
{
    /// <summary>One character above the ledger's limit, so that the ledger itself refuses a file that is too large.</summary>
    private const int MaximumCharacters = (64 << 20) + 1;

    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var file = new Argument<string>("FILE|-") { Description = "The file that 'nvdimm layout export' wrote, or - for standard input." };
        var folder = Options.StateFolder("The state folder with the records of layouts.");
        var here = new Option<bool>("--for-this-host")
        {
            Description = "The devices were moved to this host: make their records this host's. "
                + "Without this option, records of other hosts are added, but have no effect here.",
        };
        var json = Options.AsJson();
        var command = new Command(
            "import",
            "Adds the records of an export.\n"
            + "Overwrites nothing: if a record differs from an existing one, the command adds none.") { file, here, folder, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(file)!;
            var name = InputFiles.NameOf(path);
            var text = await DomainFile.ReadAsync(environment, path, cancellationToken, MaximumCharacters).ConfigureAwait(false);
            var import = environment.Ledger(parsed.GetValue(folder)!).Import(text, name, parsed.GetValue(here));
            Write(environment, import, parsed.GetValue(json));
            return import.IsUnreadable
                ? ExitStatus.BadInput
                : GuardedDevice.StatusOf(import.Findings.Where(finding => finding.Severity == Severity.Error));
        });
        return command;
    }

    private static void Write(ToolEnvironment environment, LayoutImport import, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, json => json.Object(() =>
            {
                json.Number("added", import.Added);
                json.Number("unchanged", import.Unchanged);
                json.Array("findings", import.Findings, finding => json.Object(() => json.FindingMembers(finding)));
            }));
            return;
        }

        var console = ToolConsole.ForOutput(environment);
        console.WriteLine(import.IsRefused ? "nothing was imported" : $"added: {import.Added}, there already: {import.Unchanged}");
        console.WriteFindings(import.Findings);
    }
}
