using System.Globalization;
using Newtonsoft.Json;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Policy;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Writes everything that is known of one device, as text and as JSON.</summary>
internal static class DeviceOutput
{
    /// <summary>The answer, the facts, the layout, the last use, all findings, and what was not checked.</summary>
    /// <param name="console">The console.</param>
    /// <param name="overview">The overview that contains the device.</param>
    /// <param name="availability">The device.</param>
    /// <param name="words">The options that the overview used, for follow-up commands.</param>
    public static void WriteDevice(
        this ToolConsole console, DeviceOverview overview, DeviceAvailability availability, ValueList<string> words)
    {
        var device = availability.Device;
        console.WriteLine(
            Answer(availability), availability.IsFree ? Color.Green : availability.State == DeviceState.InUseByVm ? null : Color.Red);
        console.WriteLine();
        console.Write(Facts(overview, availability, hasHeadings: !console.IsTerminal));
        if (availability.Sized?.Layout is { } layout)
        {
            console.WriteLine();
            console.WriteLine($"Layout. {overview.Basis}");
            console.WriteAreas(layout);
        }

        console.WriteLine();
        if (console.IsTerminal)
        {
            console.WriteSection("Why not", availability.Reasons);
            console.WriteSection("Warnings", Warnings(availability));
            console.WriteNotChecked(overview.NotChecked);
        }
        else
        {
            console.WriteFindings(availability.Reasons.Concat(Warnings(availability)));
            console.WriteNotChecked(overview.NotChecked);
        }

        if (availability.IsFree)
        {
            console.WriteAdvice(
                "For the XML, and for what a VM with it may do", NextSteps.Command(["plan", "--device", device.Name, .. words]));
        }
    }

    /// <summary>The document.</summary>
    public static void DeviceDetails(
        this JsonTextWriter json, DeviceOverview overview, DeviceAvailability availability) => json.Object(() =>
    {
        var device = availability.Device;
        json.DeviceMembers(availability, overview.Contents);
        json.Text("rawUuid", device.RawUuid?.ToString("D"));
        json.Text("region", device.Region);
        json.Text("bus", device.Bus);
        json.Text("interleaveSet", device.InterleaveSet);
        json.Texts("dimms", device.Dimms);
        json.Flag("disabled", device.IsDisabled);
        json.Number("badBlocks", device.BadBlockCount);
        json.Text("identity", DeviceIdentity.Of(device).Key);
        json.WritePropertyName("layout");
        json.Object(() => json.Layout(availability.Sized));
        json.Array("findings", device.Findings, finding => json.Object(() => json.FindingMembers(finding)));
        json.WritePropertyName("record");
        json.Record(overview.RecordOf(availability));
        json.Texts("notChecked", overview.NotChecked);
    });

    /// <summary>The answer: whether a VM can use the device, and the size that its guest would see.</summary>
    private static string Answer(DeviceAvailability availability) => availability switch
    {
        { IsFree: true } => $"{availability.Device.Name} is {availability.Text}. A guest would see {availability.GuestSize} of its "
            + $"{availability.Device.Size}.",
        { State: DeviceState.InUseByVm, GuestSize: { } seen } =>
            $"{availability.Device.Name} is {availability.Text}. With today's figures a guest sees {seen} of its "
            + $"{availability.Device.Size}.",
        _ => $"{availability.Device.Name} is {availability.Text}.",
    };

    private static IEnumerable<Finding> Warnings(DeviceAvailability availability) => availability.Device.Findings
        .Concat(availability.Sized?.Findings ?? [])
        .Where(finding => finding.Severity == Severity.Warning)
        .Distinct();

    private static TextTable Facts(DeviceOverview overview, DeviceAvailability availability, bool hasHeadings)
    {
        var device = availability.Device;
        var table = new TextTable(new("FACT"), new("VALUE") { Wraps = true }) { Indent = 2, HasHeadings = hasHeadings };
        foreach (var (name, value) in Named(device).Concat(Used(overview, availability)))
        {
            if (value is not null)
            {
                table.Add(name, value);
            }
        }

        return table;
    }

    private static IEnumerable<(string Name, string? Value)> Named(NvdimmDevice device) =>
    [
        ("mode", DeviceTable.ModeOf(device)),
        ("map", EnumWords.Of(device.Map)),
        ("size", Exact(device.Size)),
        ("alignment", Exact(device.Align?.Size)),
        ("sector size", Exact(device.SectorSize)),
        ("path", device.Path),
        ("name", device.Label),
        ("uuid", device.Uuid?.ToString("D")),
        ("raw uuid", device.RawUuid == device.Uuid ? null : device.RawUuid?.ToString("D")),
        ("NUMA node", DeviceTable.NumaText(device)),
        ("region", device.Region),
        ("bus", device.Bus),
        ("interleave set", device.InterleaveSet),
        ("DIMMs", device.Dimms.Count == 0 ? null : string.Join(", ", device.Dimms)),
        (
            "bad blocks",
            device.BadBlockCount == 0
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{device.BadBlockCount} of 512 bytes")),
        ("persistence", Persistence(device.Persistence)),
    ];

    private static IEnumerable<(string Name, string? Value)> Used(DeviceOverview overview, DeviceAvailability availability) =>
    [
        ("content", overview.Contents.Of(availability.Device)?.Text()),
        ("last use", overview.RecordOf(availability) is { } record ? LastUse(record) : null),
    ];

    private static string LastUse(LayoutRecord record) =>
        $"{GuardTable.Time(record.LastUsed)}{(record.Owner is { } owner ? $" by {owner}" : "")}"
        + $"{(record.Layout is { } layout ? $", guest {layout.GuestSize}, label at {layout.LabelOffset.Bytes}" : "")}";

    private static string Exact(ByteSize size) => string.Create(CultureInfo.InvariantCulture, $"{size}, {size.Bytes} bytes");

    private static string? Exact(ByteSize? size) => size is { } value ? Exact(value) : null;

    private static string? Persistence(BackingPersistence persistence) => persistence switch
    {
        BackingPersistence.Dax => "a host crash keeps what the guest synced (DAX)",
        BackingPersistence.PageCache => "a host crash loses what the guest synced (page cache)",
        _ => null,
    };
}
