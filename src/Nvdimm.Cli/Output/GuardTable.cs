using System.Globalization;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Verdicts;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Prints this host's verdict on a planned device.</summary>
internal static class GuardTable
{
    /// <summary>One line with the verdict, the source of the layout, and all findings.</summary>
    /// <param name="console">The console.</param>
    /// <param name="guarded">The device.</param>
    /// <param name="said">The findings already printed, which are not repeated; the printed ones are added.</param>
    public static void WriteGuard(this ToolConsole console, GuardedDevice guarded, ISet<Finding> said)
    {
        var isGood = guarded is { IsRefused: false, Check: not null };
        console.WriteLine(
            $"last use of {guarded.Device.Name}: {Outcome(guarded)}", isGood ? Color.Green : guarded.IsRefused ? Color.Red : Color.Yellow);
        console.WriteFindings(guarded.Findings.Where(said.Add));
    }

    /// <summary>What the record and the labels say, the verdict, and what can be done.</summary>
    public static void WriteEvidence(this ToolConsole console, GuardedDevices checkedDevices, GuardedDevice guarded, string folder)
    {
        console.WriteLine($"{guarded.Device.Name} at {guarded.Device.Path ?? TextCell.Missing}, {DeviceIdentity.Of(guarded.Device)}");
        if (guarded.Decision is { } decision)
        {
            console.Write(Witnesses(decision, folder));
        }

        console.WriteGuard(guarded, new HashSet<Finding>());
        if (!guarded.IsOnThisMachine)
        {
            console.WriteLine(guarded.WhereToRun);
        }

        foreach (var advice in Advice(checkedDevices, guarded))
        {
            console.WriteAdvice(advice.What, advice.Command);
        }
    }

    private static string Outcome(GuardedDevice guarded)
    {
        var kept = guarded.KeptFrom switch
        {
            KeptSource.Record => "; the recorded layout is kept",
            KeptSource.Labels => "; the layout of the labels is kept",
            _ => guarded.HasNothingToKeep ? "; there is no layout to keep, this one is computed" : "",
        };
        return guarded switch
        {
            { IsRefused: true, Check: { } refused } => $"{EnumWords.Of(refused.Verdict)}, refused{kept}",
            { Check: { } check } when GuardCodes.IsGood(check.Verdict) => $"{EnumWords.Of(check.Verdict)}, allowed{kept}",
            { Check: { } check } => $"{EnumWords.Of(check.Verdict)}, accepted{kept}",
            _ => $"not checked: {guarded.NotChecked}",
        };
    }

    private static TextTable Witnesses(StartDecision decision, string folder)
    {
        var evidence = decision.Evidence;
        var table = new TextTable(
            new("WITNESS"),
            new("DEVICE", 2) { IsNumber = true },
            new("ALIGN", 4) { IsNumber = true },
            new("LABEL AT") { IsNumber = true },
            new("LABEL", 3) { IsNumber = true },
            new("GUEST", 1) { IsNumber = true },
            new("SAYS") { Wraps = true });
        Add(table, "plan", decision.Check is null ? "is refused" : "is to be used with", decision.Check?.Evidence.Planned);
        Add(table, "ledger", OfLedger(evidence.Recorded, folder), evidence.RecordedLayout);
        foreach (var labels in evidence.Labels.Found)
        {
            table.Add("device", Bytes(evidence.Labels.DeviceSize), "", Bytes(labels.Offset), Bytes(labels.Area.Size), "", OfLabels(labels));
        }

        if (evidence.Labels.Found.Count == 0)
        {
            table.Add(
                "device", Bytes(evidence.Labels.DeviceSize), "", "", "", "", evidence.Labels.IsReadable ? "no labels" : "cannot be read");
        }

        foreach (var content in evidence.Content?.Found ?? [])
        {
            table.Add("content", "", "", "", "", Bytes(content.End), content.ToString());
        }

        table.Add("host", "", "", "", "", "", evidence.Use is { } use ? OfUse(use.IsReadOnly, use.Uses) : "use cannot be read");
        table.Add("hypervisor", "", "", "", "", "", OfHypervisor(evidence.Hypervisor));
        return table;
    }

    private static string OfLedger(LayoutRecordResult recorded, string folder) => recorded switch
    {
        { IsReadable: false } => "cannot be read",
        { Record: { Layout: not null } record } => $"last used {Time(record.LastUsed)}{(record.VmName is { } vm ? $" by {vm}" : "")}",
        { Record: not null } => "no use, only accepted findings",
        _ => Directory.Exists(folder) ? "no record" : $"no record: {folder} is not there",
    };

    private static string OfLabels(FoundLabels labels) =>
        $"labels {labels.Area.Hash[..12]}: "
        + (labels.Area.Labels.Count == 0
            ? "no namespace"
            : string.Join(", ", labels.Area.Labels.Select(label => label.Name.Length == 0 ? $"{label.Uuid:D}" : label.Name)));

    private static string OfUse(bool isReadOnly, ValueList<string> uses) =>
        (isReadOnly, uses.Count) is (false, 0) ? "does not use it" : string.Join(", ", isReadOnly ? uses.Prepend("read-only") : uses);

    private static string OfHypervisor(FingerprintResult? result) => result?.State switch
    {
        FingerprintState.Verified => "verified",
        FingerprintState.Drift => "verified, with mismatches",
        FingerprintState.Changed => "not the verified one",
        FingerprintState.Missing => "never verified",
        FingerprintState.NotCovered => "not verified for such a guest",
        _ => "cannot be read",
    };

    private static IEnumerable<(string What, string Command)> Advice(GuardedDevices checkedDevices, GuardedDevice guarded)
    {
        if (guarded.Check is not { } check || !guarded.IsOnThisMachine)
        {
            yield break;
        }

        var broughtBack = guarded.IsRefused
            ? NextSteps.RestoreCommands(guarded.Device, checkedDevices.Guard.Restoration, checkedDevices.FolderWords).ToList()
            : [];
        foreach (var command in broughtBack)
        {
            yield return ("to write the labels that were recorded last back where the guest looks for them", command);
        }

        // Of several sets of labels none can be kept without being named; the findings say how.
        if (guarded.KeptFrom is null && check.Verdict != GuardVerdict.Ambiguous
            && check.Refusals.Any(finding => finding.Code is NvdimmCodes.LayoutMoved or NvdimmCodes.LayoutChanged))
        {
            yield return ("to keep the layout that the device has", "--keep-layout");
        }

        var acceptable =
            check.Open.Where(GuardCodes.IsAcceptable).Select(finding => finding.Code).Distinct(StringComparer.Ordinal).ToList();
        if (acceptable.Count > 0)
        {
            yield return (
                broughtBack.Count > 0
                    ? "to do without them, and accept what was found"
                    : "to accept it, where nothing on the device is lost by that",
                NextSteps.Command(
                    ["layout", "accept", "--device", guarded.Device.Name, .. checkedDevices.Words, "--finding", .. acceptable]));
        }
    }

    private static void Add(TextTable table, string witness, string says, DeviceLayout? layout) => table.Add(
        witness,
        Bytes(layout?.DeviceSize),
        Bytes(layout?.AlignSize.Size),
        Bytes(layout?.LabelOffset),
        Bytes(layout?.LabelSize),
        Bytes(layout?.GuestSize),
        says);

    /// <summary>The exact number of bytes: these figures are compared digit by digit.</summary>
    private static TextCell Bytes(ByteSize? size) => TextCell.Bytes(size);

    /// <summary>A time in UTC, to the second.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? TextCell.Missing;
}
