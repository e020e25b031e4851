using System.CommandLine;
using System.Text;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout export</c>: writes the ledger to one file.</summary>
internal static class LayoutExportCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var file = new Argument<string>("FILE|-") { Description = "The file to write, which must not exist, or - for standard output." };
        var folder = Options.StateFolder("The state folder with the records of layouts.");
        var json = new Option<bool>("--json") { Description = "Print JSON. Has no effect with -, which prints the records." };
        var command = new Command(
            "export",
            "Writes all records into one file, for a backup or another host.\n"
            + "Names a record that cannot be read, and leaves it out.") { file, folder, json };
        command.SetAction(parsed =>
        {
            var export = environment.Ledger(parsed.GetValue(folder)!).Export();
            if (parsed.GetValue(file) == Options.StandardInput)
            {
                environment.Output.Write(export.Json);
                ToolConsole.ForErrors(environment).WriteFindings(export.Findings);
            }
            else
            {
                RefuseAmongRecords(parsed.GetValue(file)!, parsed.GetValue(folder)!);
                Save(parsed.GetValue(file)!, export.Json);
                Write(environment, parsed.GetValue(file)!, export, parsed.GetValue(json));
            }

            return export.Findings.Count > 0 ? ExitStatus.Failed : ExitStatus.Good;
        });
        return command;
    }

    /// <summary>Refuses a file in the ledger's own folder: the ledger would read it as a damaged record.</summary>
    private static void RefuseAmongRecords(string path, string folder)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))
        {
            throw new BadInputException(
                $"{path} would be among the records of the ledger, and be taken for a damaged one; write it elsewhere");
        }
    }

    private static void Save(string path, string text)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException { ParamName: "path" })
        {
            throw new BadInputException($"{path} cannot be written: {failure.Message}", failure);
        }
    }

    private static void Write(ToolEnvironment environment, string path, LayoutExport export, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, json => json.Object(() =>
            {
                json.Text("file", path);
                json.Array("missing", export.Findings, finding => json.Object(() => json.FindingMembers(finding)));
            }));
            return;
        }

        var console = ToolConsole.ForOutput(environment);
        console.WriteLine(Printable.Text($"written: {path}"));
        console.WriteFindings(export.Findings);
    }
}
