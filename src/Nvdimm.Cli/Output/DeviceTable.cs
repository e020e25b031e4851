using System.Globalization;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Output;

/// <summary>Prints devices as a table.</summary>
internal static class DeviceTable
{
    /// <summary>The devices, their content, the number of devices in each state, the findings, and what was not checked.</summary>
    public static void WriteDevices(this ToolConsole console, DeviceOverview host)
    {
        console.Write(Of(host, withContent: !console.IsTerminal));
        if (!console.IsTerminal)
        {
            return;
        }

        console.WriteLine(Summary(host));
        foreach (var device in host.Devices)
        {
            console.WriteContent(device.Device.Name, host.Contents.Of(device.Device));
        }

        console.WriteNumaNote(host.Devices.Select(device => device.Device));
    }

    /// <summary>
    /// The table, one device per row. In a pipe it has a column for the content, which on a terminal has lines of its own.
    /// </summary>
    private static TextTable Of(DeviceOverview host, bool withContent)
    {
        TextColumn[] columns =
        [
            new("DEVICE"),
            new("MODE", 1),
            new("SIZE") { IsNumber = true },
            new("VM SEES", 2) { IsNumber = true },
            new("NUMA", 3) { IsNumber = true },
            new("PATH", 4),
            new("ALIGN", 5) { IsNumber = true },
            new("MAP", 6),
            new("NAME", 7),
            new("UUID", 8),
            new("BUS", 9),
            .. withContent ? [new TextColumn("CONTENT")] : Array.Empty<TextColumn>(),
            new("STATE") { Wraps = true },
        ];
        var table = new TextTable(columns);
        foreach (var availability in host.Devices)
        {
            var device = availability.Device;
            TextCell[] cells =
            [
                device.Name,
                ModeOf(device),
                device.Size,
                availability.GuestSize,
                NumaText(device),
                device.Path,
                device.Align?.Size,
                EnumWords.Of(device.Map),
                device.Label,
                device.Uuid?.ToString("D"),
                device.BusProvider,
                .. withContent ? [host.Contents.Of(device)?.Text()] : Array.Empty<TextCell>(),
                availability.Text,
            ];
            table.Add(cells);
        }

        return table;
    }

    /// <summary>ndctl's word for the mode; for an unknown mode, the spelling of the listing.</summary>
    public static string? ModeOf(NvdimmDevice device) => EnumWords.Of(device.Mode) ?? device.ReportedMode;

    /// <summary>The nearest node with CPUs, and the node of the memory itself if it differs.</summary>
    public static string? NumaText(NvdimmDevice device) => (device.NumaNode, device.TargetNode) switch
    {
        (null, null) => null,
        (null, { } target) => string.Create(CultureInfo.InvariantCulture, $"{TextCell.Missing} (RAM {target})"),
        ({ } node, { } target) when node != target => string.Create(CultureInfo.InvariantCulture, $"{node} (RAM {target})"),
        ({ } node, _) => node.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Explains the two NUMA nodes of a device, if any device has two.</summary>
    public static void WriteNumaNote(this ToolConsole console, IEnumerable<NvdimmDevice> devices)
    {
        if (devices.Any(device => device.TargetNode is { } target && target != device.NumaNode))
        {
            console.WriteLine(
                "NUMA \"a (RAM b)\": a is the nearest node with CPUs, so that the guest node which is pinned to a is near; the memory "
                + "itself is node b.");
        }
    }

    private static string Summary(DeviceOverview host)
    {
        var counts = host.Devices.CountBy(device => device.State).OrderBy(pair => pair.Key).Select(
            pair => $"{pair.Value} {NameOf(pair.Key)}");
        return $"{Count(host.Devices.Count)}: {string.Join(", ", counts)}. {host.Basis}";
    }

    private static string NameOf(DeviceState state) => state switch
    {
        DeviceState.Free => "free",
        DeviceState.InUseByVm => "in use by VMs",
        DeviceState.InUseByHost => "in use by the host",
        DeviceState.TooSmall => "too small",
        _ => "not usable",
    };

    private static string Count(int devices) => devices == 1 ? "1 device" : $"{devices} devices";
}
