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
                NumaText(device),
                device.Path ?? SizeText.Missing,
                device.Label ?? SizeText.Missing,
                device.Uuid?.ToString("D") ?? SizeText.Missing,
                device.IsUsable ? "yes" : "no");
        }

        return table;
    }

    /// <summary>What the two NUMA nodes of a device mean, where one has two.</summary>
    public static void WriteNumaNote(this IAnsiConsole console, IEnumerable<NvdimmDevice> devices)
    {
        if (devices.Any(HasOwnNode))
        {
            console.Write(new Text(
                "NUMA \"a (RAM b)\": a is the nearest node with CPUs, so that the guest node which is pinned to a is near; the memory itself is node b.\n"));
        }
    }

    /// <summary>The node with CPUs that is nearest, and the node of the memory itself where that is another one.</summary>
    private static string NumaText(NvdimmDevice device) => (device.NumaNode, device.TargetNode) switch
    {
        (null, null) => SizeText.Missing,
        (null, { } target) => string.Create(CultureInfo.InvariantCulture, $"{SizeText.Missing} (RAM {target})"),
        ({ } node, { } target) when node != target => string.Create(CultureInfo.InvariantCulture, $"{node} (RAM {target})"),
        ({ } node, _) => node.ToString(CultureInfo.InvariantCulture),
    };

    private static bool HasOwnNode(NvdimmDevice device) => device.TargetNode is { } target && target != device.NumaNode;
}
