using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Verdicts;

namespace Nvdimm.Cli.Planning;

/// <summary>The commands that follow from findings or actions, each quoted for a shell.</summary>
internal static class NextSteps
{
    private const string Start = "start the VM: its start keeps the recorded layout";

    /// <summary>A command line of this tool.</summary>
    public static string Command(params IEnumerable<string> words) => ShellWords.Join(words.Prepend("nvdimm"));

    /// <summary>The steps before a VM starts with a layout: accept the findings, record the layout, start.</summary>
    /// <param name="device">The device, checked with that layout.</param>
    /// <param name="words">The options of that check.</param>
    public static IEnumerable<string> BeforeStart(GuardedDevice device, ValueList<string> words)
    {
        if (device.Check is not { } check)
        {
            return [];
        }

        var accepted = Acceptable(check);
        ValueList<string> named = ["--device", device.Device.Name, .. words];
        return
        [
            .. accepted.Count > 0 ? [Command(["layout", "accept", .. named, "--finding", .. accepted])] : Array.Empty<string>(),
            .. check.Evidence.Recorded.Record?.Layout == check.Evidence.Planned && accepted.Count == 0 ? [] : new[] { Command(
                ["layout", "record", .. named]) },
            Start,
        ];
    }

    /// <summary>The commands that write a device's recorded labels back, from backups, to where the guest looks for them.</summary>
    /// <param name="device">The device.</param>
    /// <param name="restoration">Reads the backups.</param>
    /// <param name="words">The option for the state folder.</param>
    public static IEnumerable<string> RestoreCommands(NvdimmDevice device, LabelRestoration restoration, ValueList<string> words) =>
        restoration.Plans(device)
        .Where(plan => plan is { IsAllowed: true, LabelsTo: not null })
        .Take(1)
        .Select(plan => Command(["repair", "--restore-labels", plan.Backup, .. words, "--apply"]));

    /// <summary>The codes of the refusals that an administrator can accept, each once.</summary>
    public static List<string> Acceptable(LayoutCheckResult check) =>
        [.. check.Refusals.Where(GuardCodes.IsAcceptable).Select(finding => finding.Code).Distinct(StringComparer.Ordinal)];
}
