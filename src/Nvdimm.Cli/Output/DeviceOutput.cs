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

/// <summary>All that is known of one device, for people and for programs.</summary>
internal static class DeviceOutput
{
    /// <summary>The answer, the facts, the layout, the last use, the findings in full, and what was not checked.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="survey">What was looked at.</param>
    /// <param name="known">The device.</param>
    /// <param name="words">The options with which it was judged.</param>
    public static void WriteDevice(this ToolConsole console, DeviceSurvey survey, DeviceAvailability known, ValueList<string> words)
    {
        var device = known.Device;
        console.WriteLine(Answer(known), known.IsFree ? Color.Green : known.State == DeviceState.InUseByVm ? null : Color.Red);
        console.WriteLine();
        console.Write(Facts(survey, known, hasHeadings: !console.IsTerminal));
        if (known.Sized?.Layout is { } layout)
        {
            console.WriteLine();
            console.WriteLine($"Layout. {survey.Basis}");
            console.WriteAreas(layout);
        }

        console.WriteLine();
        if (console.IsTerminal)
        {
            console.WriteSection("Why not", known.Reasons);
            console.WriteSection("Warnings", Warnings(known));
            console.WriteNotChecked(survey.NotChecked);
        }
        else
        {
            console.WriteFindings(known.Reasons.Concat(Warnings(known)));
            console.WriteNotChecked(survey.NotChecked);
        }

        if (known.IsFree)
        {
            console.WriteAdvice("For the XML, and for what a VM with it may do", NextSteps.Command(["plan", "--device", device.Name, .. words]));
        }
    }

    /// <summary>The document.</summary>
    public static void DeviceDetails(this JsonTextWriter json, DeviceSurvey survey, DeviceAvailability known) => json.Object(() =>
    {
        var device = known.Device;
        json.DeviceMembers(known, survey.Contents);
        json.Text("rawUuid", device.RawUuid?.ToString("D"));
        json.Text("region", device.Region);
        json.Text("bus", device.Bus);
        json.Text("interleaveSet", device.InterleaveSet);
        json.Texts("dimms", device.Dimms);
        json.Flag("disabled", device.IsDisabled);
        json.Number("badBlocks", device.BadBlockCount);
        json.Text("identity", DeviceIdentity.Of(device).Key);
        json.WritePropertyName("layout");
        json.Object(() => json.Layout(known.Sized));
        json.Array("findings", device.Findings, finding => json.Object(() => json.FindingMembers(finding)));
        json.WritePropertyName("record");
        json.Record(survey.RecordOf(known));
        json.Texts("notChecked", survey.NotChecked);
    });

    /// <summary>The answer: whether a VM can have it, and what it would see.</summary>
    private static string Answer(DeviceAvailability known) => known switch
    {
        { IsFree: true } => $"{known.Device.Name} is {known.Text}. A guest would see {known.GuestSize} of its {known.Device.Size}.",
        { State: DeviceState.InUseByVm, GuestSize: { } seen } =>
            $"{known.Device.Name} is {known.Text}. With today's figures a guest sees {seen} of its {known.Device.Size}.",
        _ => $"{known.Device.Name} is {known.Text}.",
    };

    private static IEnumerable<Finding> Warnings(DeviceAvailability known) => known.Device.Findings
        .Concat(known.Sized?.Findings ?? [])
        .Where(finding => finding.Severity == Severity.Warning)
        .Distinct();

    private static TextTable Facts(DeviceSurvey survey, DeviceAvailability known, bool hasHeadings)
    {
        var device = known.Device;
        var table = new TextTable(new("FACT"), new("VALUE") { Wraps = true }) { Indent = 2, HasHeadings = hasHeadings };
        foreach (var (name, value) in Named(device).Concat(Used(survey, known)))
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
        ("map", Words.Of(device.Map)),
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
        ("bad blocks", device.BadBlockCount == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{device.BadBlockCount} of 512 bytes")),
        ("persistence", Persistence(device.Persistence)),
    ];

    private static IEnumerable<(string Name, string? Value)> Used(DeviceSurvey survey, DeviceAvailability known) =>
    [
        ("content", survey.Contents.Of(known.Device)?.Text()),
        ("last use", survey.RecordOf(known) is { } record ? LastUse(record) : null),
    ];

    private static string LastUse(LayoutRecord record) =>
        $"{GuardTable.Time(record.LastUsed)}{(record.Owner is { } owner ? $" by {owner}" : "")}"
        + $"{(record.Layout is { } layout ? $", guest {layout.GuestSize}, label at {layout.LabelOffset.Bytes}" : "")}";

    private static string Exact(ByteSize size) => string.Create(CultureInfo.InvariantCulture, $"{size}, {size.Bytes} bytes");

    private static string? Exact(ByteSize? size) => size is { } known ? Exact(known) : null;

    private static string? Persistence(BackingPersistence persistence) => persistence switch
    {
        BackingPersistence.Dax => "a host crash keeps what the guest synced (DAX)",
        BackingPersistence.PageCache => "a host crash loses what the guest synced (page cache)",
        _ => null,
    };
}
