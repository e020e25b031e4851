using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Conformance;

namespace Nvdimm.Cli.Output;

/// <summary>Prints what the probed programs make of the recorded devices.</summary>
internal static class ConformanceDeviceTable
{
    /// <summary>One device per row, and the commands that reproduce a lost layout; nothing if no device is recorded.</summary>
    public static void WriteRecordedDevices(this ToolConsole console, IReadOnlyList<RecordedLayoutResult> devices)
    {
        if (devices.Count == 0)
        {
            return;
        }

        var table = new TextTable(
            new("RECORDED DEVICE"),
            new("OWNER"),
            new("GUEST SEES") { IsNumber = true },
            new("THEN") { IsNumber = true },
            new("LAYOUT"));
        foreach (var device in devices)
        {
            table.Add(
                device.Recorded.Device,
                device.Recorded.Owner,
                (ByteSize?)device.Recorded.Layout.GuestSize,
                Seen(device),
                !device.IsKept ? "another: do not start it" : device.IsProbed ? "kept" : "kept, as predicted");
        }

        console.Write(table);
        foreach (var device in devices.Where(device => device.Mismatch is not null))
        {
            console.WriteLine(Printable.Text($"mismatch: {device.Recorded.Device}: {device.Mismatch!.Refusal}"));
            console.WriteCommand(device.Mismatch.Command);
        }
    }

    private static ByteSize? Seen(RecordedLayoutResult device) =>
        device.Mismatch is { Step: ConformanceStep.GuestSize, Seen: var seen } ? seen : device.Predicted.Layout?.GuestSize;
}
