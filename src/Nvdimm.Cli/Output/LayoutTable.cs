using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>A layout for people.</summary>
internal static class LayoutTable
{
    /// <summary>The table: one figure a row.</summary>
    public static Table Of(NvdimmLayout layout)
    {
        var table = ToolConsole.Table("Figure", "Size", "Bytes").AlignRight(1, 2);
        Add(table, "device", layout.Request.DeviceSize);
        Add(table, "alignment", layout.AlignSize?.Size);
        Add(table, "label", layout.Request.LabelSize);
        Add(table, "target", layout.TargetSize);
        Add(table, "backend", layout.BackendSize);
        Add(table, "label offset", layout.LabelOffset);
        Add(table, "guest", layout.GuestSize);
        Add(table, "lost", layout.LostSize);
        Add(table, "memory block", layout.MemoryBlock?.Size);
        table.AddTexts("host crash", Crash(layout.Persistence), "");
        table.AddTexts("verdict", Words.Of(layout.Verdict), "");
        table.AddTexts("architecture", layout.Request.Architecture.Name, "");
        table.AddTexts("strategy", layout.IsKept ? "kept" : Words.Of(layout.Request.Strategy), "");
        return table;
    }

    private static string Crash(BackingPersistence persistence) => persistence switch
    {
        BackingPersistence.Dax => "keeps (DAX)",
        BackingPersistence.PageCache => "loses (page cache)",
        _ => "unknown",
    };

    private static void Add(Table table, string figure, ByteSize? size) => table.AddTexts(figure, SizeText.Human(size), SizeText.Bytes(size));
}
