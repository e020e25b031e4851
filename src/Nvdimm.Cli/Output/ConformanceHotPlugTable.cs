using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.HotPlug;
using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Cli.Output;

/// <summary>Prints the memory hot plugs of a conformance check as a table.</summary>
internal static class ConformanceHotPlugTable
{
    /// <summary>One plug per row, then each mismatch with the figures that reproduce it; nothing if no plug was tried.</summary>
    public static void WriteHotPlugs(this ToolConsole console, IReadOnlyList<HotPlugResult> plugs)
    {
        if (plugs.Count == 0)
        {
            return;
        }

        var table = new TextTable(
            new("MEMORY HOT PLUG"),
            new("RAM") { IsNumber = true },
            new("MEMORY BLOCK") { IsNumber = true },
            new("NVDIMMS"),
            new("DIMM") { IsNumber = true },
            new("LANDS AT") { IsNumber = true },
            new("COMES ONLINE"),
            new("ADVISED BASE") { IsNumber = true },
            new("MISMATCHES") { IsNumber = true });
        foreach (var plug in plugs)
        {
            table.Add(
                plug.Request.Architecture.Name,
                (ByteSize?)plug.Request.Ram,
                (ByteSize?)plug.Predicted.MemoryBlock.Size,
                string.Join(", ", plug.Request.Nvdimms.Select(layout => SizeText.Human(layout.GuestSize))),
                (ByteSize?)plug.Request.DimmSize,
                HotPlugOutput.Address(plug.Seen) ?? "refused",
                plug.Predicted.ComesOnline ? "yes" : "no",
                HotPlugOutput.Address(plug.Predicted.Advised),
                (long?)plug.Mismatches.Count);
        }

        console.Write(table);
        foreach (var (plug, mismatch) in plugs.SelectMany(plug => plug.Mismatches.Select(mismatch => (plug, mismatch))))
        {
            console.WriteLine(Printable.Text(
                $"mismatch: {plug.Request.Architecture}, RAM {plug.Request.Ram.Bytes}, DIMM {plug.Request.DimmSize.Bytes}, "
                + $"{EnumWords.Of(mismatch.Step)}: "
                + $"predicted {Place(mismatch.Predicted)}, seen {Place(mismatch.Seen)} {mismatch.Refusal}"));
            console.WriteCommand(mismatch.Command);
        }
    }

    private static string Place(PlacedMemoryDevice? device) => device is { Place: var place, Node: var node }
        ? $"{place.Size.Bytes} bytes at {HotPlugOutput.Address(place)}, slot {place.Slot}, node {node}"
        : "none that the guest can use";
}
