using Newtonsoft.Json;
using Nvdimm.Cli.Planning;
using Nvdimm.Extensions;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>A repair, for people and for programs.</summary>
internal static class RepairOutput
{
    /// <summary>The object.</summary>
    public static void Repair(this JsonTextWriter json, RepairOutcome outcome) => json.Object(() =>
    {
        json.Text("repair", outcome.What);
        json.Text("device", outcome.Device);
        json.Text("path", outcome.Path);
        json.Flag("possible", outcome.IsPossible);
        json.Flag("done", outcome.IsDone);
        json.Text("nothingToDo", outcome.NothingToDo);
        json.Text("reason", outcome.Reason);
        json.Size("from", outcome.From);
        json.Size("to", outcome.To);
        json.Size("size", outcome.Size);
        json.Texts("backups", outcome.Backups);
        json.Array("findings", outcome.Findings, finding => json.Object(() => json.FindingMembers(finding)));
    });

    /// <summary>What is written where, what of it is lost, and the backup.</summary>
    public static void WriteRepair(this IAnsiConsole console, RepairOutcome outcome)
    {
        var text = outcome switch
        {
            { NothingToDo: { } nothing } => $"{outcome.Device}: nothing to do, {nothing}",
            { IsPossible: false } => $"{outcome.Device}: refused, nothing was written{(outcome.Reason is { } reason ? $": {reason}" : "")}",
            { IsDone: true } => $"{outcome.Device} at {outcome.Path}: done, and read back",
            _ => $"{outcome.Device} at {outcome.Path}: this would be done with --apply; nothing was written",
        };
        console.Write(new Text(Printable.Text(text), new Style(outcome.IsPossible ? Color.Green : Color.Red)));
        console.WriteLine();
        console.WriteFindings(outcome.Findings);
        if (outcome is not { IsPossible: true, NothingToDo: null })
        {
            return;
        }

        var table = ToolConsole.Table("What", "Value", "Bytes").AlignRight(2);
        if (outcome.From is { } from)
        {
            table.AddTexts("labels from", SizeText.Human(from), SizeText.Bytes(from));
        }

        table.AddTexts("written at", SizeText.Human(outcome.To), SizeText.Bytes(outcome.To));
        table.AddTexts("size", SizeText.Human(outcome.Size), SizeText.Bytes(outcome.Size));
        table.AddTexts("lost", Lost(outcome), "");
        foreach (var backup in outcome.Backups)
        {
            table.AddTexts("backup", backup, "");
        }

        console.Write(table);
        if (outcome is { IsDone: true, From: not null })
        {
            console.WriteLine("The old labels are still there, so the device is ambiguous now: look with 'nvdimm layout check', and accept what it names for the same plan.");
            console.WriteLine(Printable.Text($"To take it back, until the guest has written: nvdimm repair --restore-labels '{outcome.Backups[1]}' --apply"));
        }
    }

    private static string Lost(RepairOutcome outcome) => outcome.From is null ? "nothing: the labels are in the backup"
        : outcome.Findings.Any(finding => finding.Code == NvdimmCodes.RelocationTargetNotEmpty) ? "what is at the new place; it goes into the backup"
        : "nothing: the new place is empty";
}
