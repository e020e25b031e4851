using Nvdimm.Cli.Output;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Categories;
using Spectre.Console;

namespace Nvdimm.Cli.Engines;

/// <summary>What an engine says, for people.</summary>
internal static class EngineTables
{
    /// <summary>The devices of a host.</summary>
    public static Table Devices(IEnumerable<HostDevice> devices)
    {
        var table = ToolConsole.Table("Device", "Mode", "Size", "Bytes", "Align", "NUMA", "UUID", "Usable").AlignRight(2, 3, 4, 5);
        foreach (var device in devices)
        {
            table.AddTexts(
                device.Name,
                Detail(device, "mode"),
                SizeText.Human(device.Size),
                SizeText.Bytes(device.Size),
                ByteSize.TryParse(Detail(device, "align"), out var align) ? SizeText.Human(align) : SizeText.Missing,
                Detail(device, "numa_node"),
                device.Identity ?? SizeText.Missing,
                device.IsUsable ? "yes" : $"no: {Reasons(device)}");
        }

        return table;
    }

    /// <summary>Devices as a VM would get them.</summary>
    public static Table Preview(AttachmentPreview preview)
    {
        var table = ToolConsole.Table("Device", "Size", "Guest size", "Bytes", "Lost", "Label at", "Guest node").AlignRight(1, 2, 3, 4, 5, 6);
        foreach (var device in preview.Devices)
        {
            ByteSize? label = device.Areas.Where(area => area.Name == "label").Select(area => (ByteSize?)area.Offset).FirstOrDefault();
            table.AddTexts(
                device.Device.Name,
                SizeText.Human(device.Device.Size),
                SizeText.Human(device.GuestSize),
                SizeText.Bytes(device.GuestSize),
                SizeText.Human(device.LostSize),
                SizeText.Bytes(label),
                device.GuestNode is { } node ? $"{node}" : SizeText.Missing);
        }

        return table;
    }

    private static string Detail(HostDevice device, string name) => device.Details.FirstOrDefault(detail => detail.Name == name).Value ?? SizeText.Missing;

    private static string Reasons(HostDevice device) =>
        string.Join(", ", device.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code).Distinct(StringComparer.Ordinal));
}
