using Nvdimm.Extensions.Host.Hypervisor;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>The memory that a conformance check has plugged, for people.</summary>
internal static class ConformanceHotPlugTable
{
    /// <summary>One plug a row, and every mismatch with what reproduces it; nothing where none was tried.</summary>
    public static void WriteHotPlugs(this IAnsiConsole console, IReadOnlyList<HotPlugResult> plugs)
    {
        if (plugs.Count == 0)
        {
            return;
        }

        var table = ToolConsole
            .Table("Memory hot plug", "RAM", "Memory block", "NVDIMMs", "DIMM", "Lands at", "Comes online", "Advised base", "Mismatches")
            .AlignRight(1, 2, 3, 4, 5, 7, 8);
        foreach (var plug in plugs)
        {
            table.AddTexts(
                plug.Request.Architecture.Name,
                SizeText.Human(plug.Request.Ram),
                SizeText.Human(plug.Predicted.MemoryBlock.Size),
                string.Join(", ", plug.Request.Nvdimms.Select(layout => SizeText.Human(layout.GuestSize))),
                SizeText.Human(plug.Request.DimmSize),
                HotPlugOutput.Address(plug.Seen) ?? "refused",
                plug.Predicted.ComesOnline ? "yes" : "no",
                HotPlugOutput.Address(plug.Predicted.Advised) ?? SizeText.Missing,
                plug.Mismatches.Count == 0 ? "0" : $"{plug.Mismatches.Count}");
        }

        console.Write(table);
        foreach (var (plug, mismatch) in plugs.SelectMany(plug => plug.Mismatches.Select(mismatch => (plug, mismatch))))
        {
            console.WriteLine(Printable.Text(
                $"mismatch: {plug.Request.Architecture}, RAM {plug.Request.Ram.Bytes}, DIMM {plug.Request.DimmSize.Bytes}, {Words.Of(mismatch.Step)}: "
                + $"predicted {Place(mismatch.Predicted)}, seen {Place(mismatch.Seen)} {mismatch.Refusal}"));
            console.WriteLine(Printable.Text($"  {mismatch.Command}"));
        }
    }

    private static string Place(PlacedMemoryDevice? device) => device is { Place: var place, Node: var node }
        ? $"{place.Size.Bytes} bytes at {HotPlugOutput.Address(place)}, slot {place.Slot}, node {node}"
        : "none that the guest can use";
}
