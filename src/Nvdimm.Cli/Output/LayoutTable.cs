using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Output;

/// <summary>Prints a layout.</summary>
internal static class LayoutTable
{
    /// <summary>The number of characters in the picture of a device, without its ends.</summary>
    private const int PictureWidth = 66;

    /// <summary>All figures, one per row; after a refusal the rest is missing.</summary>
    public static TextTable Of(SizingResult sized)
    {
        var (request, layout) = (sized.Request, sized.Layout);
        var table = new TextTable(new("FIGURE"), new("VALUE") { IsNumber = true }, new("BYTES") { IsNumber = true, IsForPeople = true });
        Add(table, "device", request.DeviceSize);
        Add(table, "alignment", sized.AlignSize?.Size);
        Add(table, "label", request.LabelSize);
        Add(table, "target", sized.TargetSize);
        Add(table, "backend", sized.BackendSize);
        Add(table, "label offset", layout?.LabelOffset);
        Add(table, "guest", layout?.GuestSize);
        Add(table, "lost", layout?.LostSize);
        Add(table, "memory block", request.MemoryBlock?.Size);
        table.Add("host crash", Crash(request.Persistence), "");
        table.Add("verdict", EnumWords.Of(sized.Verdict), "");
        table.Add("architecture", request.Architecture.Name, "");
        table.Add("strategy", sized.IsKept ? "kept" : EnumWords.Of(request.Strategy), "");
        return table;
    }

    /// <summary>The areas of a device: each with its size, and all of them as a picture.</summary>
    public static void WriteAreas(this ToolConsole console, NvdimmLayout layout)
    {
        var label = layout.LabelOffset;
        (string Name, char Mark, ByteSize Size, ByteSize? Offset)[] areas =
        [
            ("guest sees", '#', layout.GuestSize, null),
            ("padding", '.', label - layout.GuestSize, null),
            ("label", 'L', layout.BackendSize - label, label),
            ("unused", '.', layout.Request.DeviceSize - layout.BackendSize, null),
        ];
        var table = new TextTable(
            new("AREA"), new("SIZE") { IsNumber = true, IsForPeople = true }, new("BYTES") { IsNumber = true }, new("OFFSET"))
        {
            Indent = 2,
            HasHeadings = !console.IsTerminal,
        };
        foreach (var (name, _, size, offset) in areas.Where(area => area.Size > ByteSize.Zero))
        {
            var place = offset is null ? "" : console.IsTerminal ? $"at offset {offset.Value.Bytes}" : SizeText.Bytes(offset);
            table.Add(name, (ByteSize?)size, TextCell.Bytes(size), place);
        }

        console.Write(table);
        if (console.IsTerminal)
        {
            var width = Math.Min(PictureWidth, console.Width - 8);
            console.WriteDocument(Picture([.. areas.Select(area => (area.Mark, area.Size))], layout.Request.DeviceSize, width));
        }
    }

    /// <summary>
    /// The areas in a row, to scale. Each area that exists has at least one character, because a label is far too small for one; the
    /// largest area gives up the characters.
    /// </summary>
    private static string Picture((char Mark, ByteSize Size)[] areas, ByteSize whole, int width)
    {
        var widths = Array.ConvertAll(
            areas, area => area.Size == ByteSize.Zero ? 0 : Math.Max(1, (int)((decimal)area.Size.Bytes * width / whole.Bytes)));
        widths[Array.IndexOf(widths, widths.Max())] += Math.Max(0, width) - widths.Sum();
        var (guest, padding, label, unused) = (Marks(0), Marks(1), Marks(2), Marks(3));
        return $"  |{guest}|{padding}{label}|{(unused.Length == 0 ? "" : $"{unused}|")}";

        string Marks(int area) => new(areas[area].Mark, Math.Max(0, widths[area]));
    }

    private static string Crash(BackingPersistence persistence) => persistence switch
    {
        BackingPersistence.Dax => "keeps (DAX)",
        BackingPersistence.DaxUnproven => "not promised (DAX)",
        BackingPersistence.PageCache => "loses (page cache)",
        _ => "unknown",
    };

    private static void Add(TextTable table, string figure, ByteSize? size) => table.Add(figure, size, TextCell.Bytes(size));
}
