using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>A layout for people.</summary>
internal static class LayoutTable
{
    /// <summary>The table: one figure a row, those behind a refusal missing.</summary>
    public static Table Of(SizingResult sized)
    {
        var (request, layout) = (sized.Request, sized.Layout);
        var table = ToolConsole.Table("Figure", "Size", "Bytes").AlignRight(1, 2);
        Add(table, "device", request.DeviceSize);
        Add(table, "alignment", sized.AlignSize?.Size);
        Add(table, "label", request.LabelSize);
        Add(table, "target", sized.TargetSize);
        Add(table, "backend", sized.BackendSize);
        Add(table, "label offset", layout?.LabelOffset);
        Add(table, "guest", layout?.GuestSize);
        Add(table, "lost", layout?.LostSize);
        Add(table, "memory block", request.MemoryBlock?.Size);
        table.AddTexts("host crash", Crash(request.Persistence), "");
        table.AddTexts("verdict", Words.Of(sized.Verdict), "");
        table.AddTexts("architecture", request.Architecture.Name, "");
        table.AddTexts("strategy", sized.IsKept ? "kept" : Words.Of(request.Strategy), "");
        return table;
    }

    private static string Crash(BackingPersistence persistence) => persistence switch
    {
        BackingPersistence.Dax => "keeps (DAX)",
        BackingPersistence.DaxUnproven => "not promised (DAX)",
        BackingPersistence.PageCache => "loses (page cache)",
        _ => "unknown",
    };

    private static void Add(Table table, string figure, ByteSize? size) => table.AddTexts(figure, SizeText.Human(size), SizeText.Bytes(size));
}
