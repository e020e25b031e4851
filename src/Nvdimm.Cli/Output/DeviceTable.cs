using System.Globalization;
using Nvdimm.Extensions.Devices;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Devices for people.</summary>
internal static class DeviceTable
{
    /// <summary>The table: one device a row.</summary>
    public static Table Of(IEnumerable<NvdimmDevice> devices)
    {
        var table = ToolConsole.Table("Device", "Mode", "Map", "Size", "Bytes", "Align", "NUMA", "Path", "Name", "UUID", "Usable").AlignRight(3, 4, 5, 6);
        foreach (var device in devices)
        {
            table.AddTexts(
                device.Name,
                Words.Of(device.Mode) ?? device.ReportedMode ?? SizeText.Missing,
                Words.Of(device.Map) ?? SizeText.Missing,
                SizeText.Human(device.Size),
                SizeText.Bytes(device.Size),
                SizeText.Human(device.Align?.Size),
                device.NumaNode?.ToString(CultureInfo.InvariantCulture) ?? SizeText.Missing,
                device.Path ?? SizeText.Missing,
                device.Label ?? SizeText.Missing,
                device.Uuid?.ToString("D") ?? SizeText.Missing,
                device.IsUsable ? "yes" : "no");
        }

        return table;
    }
}
