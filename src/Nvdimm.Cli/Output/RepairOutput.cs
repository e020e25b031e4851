using Newtonsoft.Json;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Writes a repair, as text and as JSON.</summary>
internal static class RepairOutput
{
    /// <summary>The object.</summary>
    public static void Repair(this JsonTextWriter json, RepairOutcome outcome) => json.Object(() =>
    {
        json.Text("repair", outcome.What);
        json.Text("device", outcome.Device);
        json.Text("path", outcome.Path);
        json.Flag("possible", outcome.IsAllowed);
        json.Flag("done", outcome.IsDone);
        json.Text("nothingToDo", outcome.NothingToDo);
        json.Text("reason", outcome.Reason);
        json.Text("labels", outcome.Labels);
        json.Size("from", outcome.From);
        json.Size("to", outcome.To);
        json.Size("overwrittenTo", outcome.OverwrittenTo);
        json.Size("size", outcome.Size);
        json.Texts("backups", outcome.Backups);
        json.Array("findings", outcome.Findings, finding => json.Object(() => json.FindingMembers(finding)));
        json.Texts("next", outcome.Next);
        json.Text("undo", outcome.Undo);
    });

    /// <summary>What is written where, what it overwrites, the backup, and what to do next.</summary>
    public static void WriteRepair(this ToolConsole console, RepairOutcome outcome)
    {
        var text = outcome switch
        {
            { NothingToDo: { } nothing } => $"{outcome.Device}: nothing to do, {nothing}",
            { IsAllowed: false } => $"{outcome.Device}: refused, nothing was written{(outcome.Reason is { } reason ? $": {reason}" : "")}",
            { IsDone: true } => $"{outcome.Device} at {outcome.Path}: done, and read back",
            _ => $"{outcome.Device} at {outcome.Path}: this would be done with --apply; nothing was written",
        };
        console.WriteLine(text, outcome.IsAllowed ? Color.Green : Color.Red);
        console.WriteFindings(outcome.Findings);
        if (outcome is { IsAllowed: true, NothingToDo: null })
        {
            console.Write(Table(outcome));
        }

        foreach (var step in outcome.Next)
        {
            console.WriteAdvice("next", step);
        }

        if (outcome.Undo is { } undo)
        {
            console.WriteAdvice("to take it back, until a guest has written", undo);
        }
    }

    private static TextTable Table(RepairOutcome outcome)
    {
        var table = new TextTable(new("WHAT"), new("BYTES") { IsNumber = true }, new("VALUE") { Wraps = true });
        if (outcome.Labels is { } labels)
        {
            table.Add("labels", "", labels);
        }

        Add("labels from", outcome.From);
        Add("labels written at", outcome.To);
        Add("what they overwrote at", outcome.OverwrittenTo);
        Add("size", outcome.Size);
        table.Add("lost", "", Lost(outcome));
        foreach (var backup in outcome.Backups)
        {
            table.Add("backup", "", backup);
        }

        return table;

        void Add(string what, ByteSize? size)
        {
            if (size is not null)
            {
                table.Add(what, TextCell.Bytes(size), SizeText.Human(size));
            }
        }
    }

    private static string Lost(RepairOutcome outcome) => outcome.From is null ? "nothing: the labels are on the device, and in the backup"
        : outcome.OverwritesData
            ? "what is at the new place; it goes into the backup"
        : "nothing: the new place is empty";
}
