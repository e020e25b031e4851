using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Host.Conformance;

namespace Nvdimm.Cli.Output;

/// <summary>Prints the outcome of a conformance check as tables.</summary>
internal static class ConformanceTable
{
    /// <summary>The programs, the cases by architecture and alignment, and each mismatch with the figures that reproduce it.</summary>
    public static void WriteConformance(this ToolConsole console, ConformanceReport report, NdctlOutcome ndctl)
    {
        foreach (var program in report.Programs)
        {
            console.WriteLine(Printable.Text($"{program.Name} {program.Version} ({program.Program})"));
        }

        foreach (var architecture in report.NotInstalled)
        {
            console.WriteLine($"No QEMU for {architecture} guests is installed: not checked.");
        }

        if (report.Scope == ConformanceScope.QemuAlone)
        {
            console.WriteLine("No libvirt connection was named: only QEMU's part is checked.");
        }

        console.Write(Table(report));
        console.WriteHotPlugs(report.HotPlugs);
        console.WriteAddressLimits(report.AddressLimits);
        console.WriteRecordedDevices(report.Recorded);
        foreach (var mismatch in report.Mismatches)
        {
            var request = mismatch.Sized.Request;
            console.WriteLine(Printable.Text(
                $"mismatch: {request.Architecture}, {EnumWords.Of(request.Strategy)}, device {request.DeviceSize.Bytes}, align "
                + $"{SizeText.Bytes(request.Align?.Size)}, "
                + $"{EnumWords.Of(mismatch.Step)}: predicted {Outcome(mismatch.Predicted?.Bytes)}, seen {Outcome(mismatch.Seen?.Bytes)} "
                + $"{mismatch.Refusal}"));
            console.WriteCommand(mismatch.Command);
        }

        foreach (var open in report.Unprobed)
        {
            console.WriteLine(Printable.Text(
                $"could not be probed: {open.Architecture}, device {open.DeviceSize.Bytes}, align {SizeText.Bytes(open.Align?.Size)}: QEMU "
                + "took too long"));
        }

        console.WriteNdctl(ndctl);
        console.WriteLine(report is { Conforms: true, IsComplete: false }
            ? $"{report.Cases - report.Unprobed.Count} of {report.Cases} cases: the installed programs do what is predicted. The others "
                + "could not be probed, and "
                + $"guests of {string.Join(", ", report.Unprobed.Select(open => open.Architecture).Distinct())} are not verified. Run it "
                + "again when the machine is less busy."
            : report.Conforms
            ? $"{report.Cases} cases: the installed programs do what is predicted."
            : report.MismatchedCases > 0
            ? $"{report.Cases} cases, {report.MismatchedCases} mismatches: the installed programs do something else. {Advice(report)}"
            : $"{report.Cases} cases as predicted, but {string.Join(", ", report.Shifted.Select(device => device.Recorded.Device))} would "
                + "start with another "
                + "layout, or not at all. Do not start VMs with them under these programs.");
    }

    /// <summary>
    /// Prints where the outcome was recorded, or which recorded outcome covers more and was kept; nothing if no recording was asked for or
    /// it failed.
    /// </summary>
    public static void WriteRecording(this ToolConsole console, Recording? recording)
    {
        if (recording is { Kept: { } kept })
        {
            console.WriteLine(Printable.Text(
                $"not recorded: {recording.Path} keeps a check of the same programs that covers more ({EnumWords.Of(kept.Scope)}; "
                + $"{string.Join(", ", kept.Programs.Select(program => program.Name))}; {kept.Cases} cases, {kept.Mismatches} mismatches). "
                + "Check as much to replace it."));
        }
        else if (recording is { IsRecorded: true })
        {
            console.WriteLine(Printable.Text($"recorded in {recording.Path}"));
        }
    }

    private static TextTable Table(ConformanceReport report)
    {
        var table = new TextTable(
            new("ARCHITECTURE"),
            new("ALIGN") { IsNumber = true },
            new("CASES") { IsNumber = true },
            new("CONFORMING") { IsNumber = true },
            new("ALIGN ONLY") { IsNumber = true },
            new("NOT PROBED") { IsNumber = true },
            new("MISMATCHES") { IsNumber = true });
        foreach (var group in report.Groups)
        {
            table.Add(
                group.Architecture.Name,
                group.Align?.Size,
                (long?)group.Cases,
                (long?)group.Conforming,
                (long?)group.AlignOnly,
                (long?)group.NotProbed,
                (long?)group.Mismatches);
        }

        return table;
    }

    private static string Advice(ConformanceReport report) => report.Mismatches.Count > 0
        ? "Do not start VMs with NVDIMMs by these sizes."
        : report.HotPlugs.Any(plug => plug.Mismatches.Count > 0)
            ? "Do not plug memory beside NVDIMMs by these addresses."
            : "QEMU decides by itself whether a VM with so much memory starts.";

    private static string Outcome(long? size) => size is { } bytes ? $"{bytes} bytes" : "a refusal";
}
