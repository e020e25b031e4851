using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.Cli.Engines;

/// <summary>Formats the engine's answers as tables.</summary>
internal static class EngineTables
{
    /// <summary>The devices of a host.</summary>
    public static TextTable Devices(IEnumerable<HostDeviceAvailability> devices)
    {
        var table = new TextTable(
            new("DEVICE"),
            new("MODE", 1),
            new("SIZE") { IsNumber = true },
            new("VM SEES", 2) { IsNumber = true },
            new("NUMA", 3) { IsNumber = true },
            new("ALIGN", 4) { IsNumber = true },
            new("UUID", 5),
            new("STATE") { Wraps = true });
        foreach (var availability in devices)
        {
            var device = availability.Device;
            table.Add(
                device.Name,
                Detail(device, "mode"),
                device.Size,
                availability.GuestSize,
                Detail(device, "numa_node"),
                ByteSize.TryParse(Detail(device, "align"), out var align) ? (ByteSize?)align : null,
                device.Identity,
                availability.Text);
        }

        return table;
    }

    /// <summary>The devices as a VM would get them.</summary>
    public static TextTable Preview(AttachmentPreview preview)
    {
        var table = new TextTable(
            new("DEVICE"),
            new("SIZE") { IsNumber = true },
            new("GUEST SEES") { IsNumber = true, IsForPeople = true },
            new("BYTES", 3) { IsNumber = true },
            new("LOST", 4) { IsNumber = true },
            new("LABEL AT", 1) { IsNumber = true },
            new("GUEST NODE", 2) { IsNumber = true });
        foreach (var device in preview.Devices)
        {
            ByteSize? label = device.Areas.Where(area => area.Name == "label").Select(area => (ByteSize?)area.Offset).FirstOrDefault();
            table.Add(
                device.Device.Name,
                device.Device.Size,
                device.GuestSize,
                TextCell.Bytes(device.GuestSize),
                device.LostSize,
                TextCell.Bytes(label),
                device.GuestNode);
        }

        return table;
    }

    private static string? Detail(HostDevice device, string name) => device.Details.FirstOrDefault(detail => detail.Name == name).Value;
}
