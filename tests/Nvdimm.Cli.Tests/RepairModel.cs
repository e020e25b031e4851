using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Labels;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

/// <summary>A device with three places for labels, its record, and an oracle that knows what a guest wrote there last.</summary>
internal sealed class RepairModel : IDisposable
{
    private const int Size = 128 << 10;
    private const string Device = "namespace0.0";

    /// <summary>Where oVirt's strategy, a domain of its own, and the largest layout have the labels.</summary>
    private static readonly long[] Places = [TestHost.OffsetOf1026, (960 * TestHost.MiB) - Size, (1026 * TestHost.MiB) - Size];

    private readonly TestHost host = new(1026, Places[0]);
    private readonly string[][] plans;
    private readonly Dictionary<long, byte[]> guestData = [];

    /// <summary>The last labels that a guest wrote, and the last ones that were noted: if a host falls, the ledger does not know more.</summary>
    private string last = Hash(TestHost.Labels);
    private string noted = Hash(TestHost.Labels);

    /// <summary>Whether the administrator has said that other labels are to be used than the last ones.</summary>
    private bool isGivenUp;

    private List<string> next = [];
    private int written;

    public RepairModel()
    {
        var domain = host.Write("middle.xml", Middle(
            "<alignsize unit='KiB'>2048</alignsize>",
            $"<size unit='KiB'>{(Places[1] + Size) / 1024}</size><node>0</node><label><size unit='KiB'>128</size></label>"));
        plans = [[], ["--domain-xml", domain], ["--strategy", "largest"]];
    }

    public void Dispose() => host.Dispose();

    /// <summary>Lets these things happen, then follows what is printed until the VM starts.</summary>
    /// <returns>What went wrong; null where nothing did.</returns>
    public async Task<string?> Run(IReadOnlyList<RepairEvent> events)
    {
        foreach (var happening in events)
        {
            if (await Happen(happening) is { } failure)
            {
                return $"{happening}: {failure}";
            }
        }

        return await FollowToTheStart();
    }

    private async Task<string?> Happen(RepairEvent happening)
    {
        var number = happening.Number;
        switch (happening.Kind)
        {
            case "relocate":
                return await Repair(["repair", "--relocate-labels", Device, .. plans[number % 3], "--apply"], kept: null);
            case "relocate killed":
                return await Repair(["repair", "--relocate-labels", Device, .. plans[1 + (number % 2)], "--apply"], kept: number * 131 % Size);
            case "restore" or "restore killed":
                var backups = Backups();
                return backups.Length == 0 ? null : await Repair(
                    ["repair", "--restore-labels", backups[number % backups.Length], "--apply"], happening.Kind == "restore" ? null : number * 131 % Size);
            case "wipe":
                Overwrite(Places[number % 3], new byte[Size]);
                return null;
            case "damage":
                Overwrite(Places[number % 3], RandomNumberGenerator.GetBytes(4096));
                return null;
            case "start" or "start without note":
                return Start(number % 2 == 1, happening.Kind == "start");
            case "accept":
                return await Follow(AcceptOf(await Check(plans[number % 3])));
            case "record":
                await host.Run(["layout", "record", "--device", Device, .. plans[number % 3]]);
                return null;
            case "next":
                return await Follow(next.FirstOrDefault());
            case "all next":
                foreach (var command in next.ToList())
                {
                    if (await Follow(command) is { } failure)
                    {
                        return failure;
                    }
                }

                return null;
            case "forget":
                // Who puts a record aside says that what it knows does not count, so the model knows only what lies on the device.
                if (Places.Select(HashAt).OfType<string>().Distinct().ToList() is [var only] && only == last)
                {
                    await host.Run("layout", "forget", Device, "--yes");
                }

                return null;
            default:
                Overwrite(host.Ledger.Find(DeviceIdentity.Of(host.Device)).Record!.Layout!.LabelOffset.Bytes, TestHost.Labels, isKnown: false);
                return null;
        }
    }

    /// <summary>Runs a repair; one that is killed has written only so many bytes at the place that it wrote first.</summary>
    private async Task<string?> Repair(string[] command, int? kept)
    {
        var before = Places.ToDictionary(place => place, host.BytesAt);
        var hadLast = IsReachable(last);
        var run = command.Contains("--state-folder", StringComparer.Ordinal) ? await host.RunAsIs([.. command, "--json"]) : await host.Run([.. command, "--json"]);
        if (run.Status is not (0 or 3 or ExitStatus.NothingToRestore))
        {
            return $"status {run.Status}: {run.Output}{run.Error}";
        }

        var outcome = run.Json;
        next = [.. outcome["next"]!.Select(step => (string)step!).Where(step => step.StartsWith("nvdimm ", StringComparison.Ordinal))];
        isGivenUp |= command.Contains("--labels", StringComparer.Ordinal) && (bool)outcome["done"]!;
        if ((bool)outcome["done"]! && kept is { } bytes)
        {
            var first = (long?)outcome["to"] ?? (long)outcome["overwrittenTo"]!;
            host.WriteAt(first + bytes, before[first][bytes..]);
            if ((long?)outcome["overwrittenTo"] is { } second && second != first)
            {
                host.WriteAt(second, before[second]);
            }

            next = [];
        }

        return hadLast && !IsReachable(last) ? $"the last labels of the guest are gone: {run.Output}"
            : guestData.FirstOrDefault(data => !host.BytesAt(data.Key).AsSpan().SequenceEqual(data.Value)) is { Value: not null } lost
                ? $"guest data at {lost.Key} was overwritten: {run.Output}"
                : null;
    }

    private string? Start(bool isWriting, bool isNoted)
    {
        var decision = Decide();
        if (!decision.IsAllowed)
        {
            return null;
        }

        host.Ledger.Save(decision.Use());
        var place = decision.Layout!.LabelOffset.Bytes;
        var seen = HashAt(place);
        if ((seen ?? "") != last && !isGivenUp)
        {
            return $"the guest got {seen ?? "nothing"} at {place}, and had written {last}: {string.Join(' ', decision.Findings.Select(finding => finding.Code))}";
        }

        // The administrator has chosen, or the guest has what it had.
        (last, noted, isGivenUp) = (seen ?? "", seen ?? "", false);
        guestData.Clear();
        if (isWriting)
        {
            var labels = SyntheticLabels.Area(2, (Guid.NewGuid(), $"db{++written}", 0));
            host.WriteAt(place, labels);
            last = Hash(labels);
            foreach (var data in Places.Where(other => other < place))
            {
                host.WriteAt(data, RandomNumberGenerator.GetBytes(Size));
                guestData[data] = host.BytesAt(data);
            }
        }

        if (isNoted)
        {
            var offset = decision.Layout.LabelOffset;
            var area = new LabelProbe().Survey(host.Device, LabelSearch.At([new(offset, ByteSize.FromBytes(Size))])).At(offset)?.Area;
            var uuids = area?.Uuids;
            host.Ledger.Touch(DeviceIdentity.Of(host.Device), Device, host.Device.Path!, area?.Hash, area?.Sum, uuids);
            noted = last;
        }

        return null;
    }

    /// <summary>Whoever follows what is printed comes to a start with the last labels, if they are anywhere.</summary>
    private async Task<string?> FollowToTheStart()
    {
        for (var step = 0; step < 6; step++)
        {
            if (Decide().IsAllowed)
            {
                return Start(isWriting: false, isNoted: true);
            }

            var check = await Check(["--keep-layout"]);
            var command = BringBackOf(check) ?? (IsLoss(check) ? null : AcceptOf(check));
            if (command is null && DomainOf(check) is { } domain)
            {
                // Two steps: that there are several sets is accepted, and the layout of these labels is recorded.
                string[] plan = ["--domain-xml", domain];
                if (await Follow(AcceptOf(await Check(plan))) is { } refused)
                {
                    return refused;
                }

                await host.Run(["layout", "record", "--device", Device, .. plan]);
                continue;
            }

            if (command is null)
            {
                return IsReachable(last) && !isGivenUp ? $"no printed way back to {last}:\n{check}" : null;
            }

            if (await Follow(command) is { } failure)
            {
                return failure;
            }
        }

        return $"six printed commands lead to no start:\n{await Check(["--keep-layout"])}";
    }

    private async Task<string?> Follow(string? command)
    {
        if (command is null)
        {
            return null;
        }

        if (command.StartsWith("nvdimm repair", StringComparison.Ordinal))
        {
            return await Repair([.. ShellWords.Split(command).Skip(1)], kept: null);
        }

        isGivenUp |= IsLoss(command);
        var run = await host.Follow(command);
        return run.Status is 0 or 3 ? null : $"{command}: status {run.Status}: {run.Output}{run.Error}";
    }

    /// <summary>Whether accepting this does without labels: it says so.</summary>
    private static bool IsLoss(string text) => text.Split(' ', '\n').Any(word => word.TrimEnd(':') is NvdimmCodes.LayoutLabelsMissing or NvdimmCodes.LayoutStaleLabels
        or NvdimmCodes.LayoutMoved or NvdimmCodes.LayoutLabelsDamaged or NvdimmCodes.LayoutCutsNamespaces);

    private async Task<string> Check(string[] plan) => (await host.Run(["layout", "check", "--device", Device, .. plan])).Output;

    /// <summary>A domain with the elements that are printed for the last labels, where there are several sets; null if none are.</summary>
    private string? DomainOf(string check)
    {
        var printed = check.Split('\n').FirstOrDefault(line => line.Contains($"{NvdimmCodes.LayoutOfLabels}:", StringComparison.Ordinal)
            && line.Contains($"({last})", StringComparison.Ordinal));
        var elements = printed is null ? null : Regex.Match(
            printed, "(?<align><alignsize.*</alignsize>) (?<size><size.*</size>) (?<label><label>.*</label>)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return elements is { Success: true }
            ? host.Write("printed.xml", Middle($"{elements.Groups["align"]}", $"{elements.Groups["size"]}<node>0</node>{elements.Groups["label"]}"))
            : null;
    }

    private string Middle(string source, string target) => $"""
        <domain type='kvm'><name>middle</name><memory unit='MiB'>2048</memory><maxMemory slots='16' unit='GiB'>16</maxMemory>
        <os><type arch='x86_64'>hvm</type></os><cpu><numa><cell id='0' cpus='0' memory='1' unit='GiB'/></numa></cpu>
        <devices><memory model='nvdimm' access='shared'><source><path>{host.Device.Path}</path>{source}</source>
        <target>{target}</target></memory></devices></domain>
        """;

    private static string? AcceptOf(string check) => Line(check, "nvdimm layout accept ");

    private static string? BringBackOf(string check) => Line(check, "nvdimm repair --restore-labels ");

    private static string? Line(string output, string command) =>
        output.Split('\n').FirstOrDefault(line => line.Contains(command, StringComparison.Ordinal) && line.StartsWith("to ", StringComparison.Ordinal)) is { } line
            ? line[line.IndexOf(command, StringComparison.Ordinal)..]
            : null;

    /// <summary>The start as the hook asks for it: the engine's size, and what the device has is kept.</summary>
    private StartDecision Decide()
    {
        var reader = new StartEvidenceReader(host.State, TimeProvider.System, host.PathOf());
        var sizing = new SizingRequest(GuestArchitecture.X86_64, host.Device.Size!.Value) { Align = host.Device.Align };
        var evidence = reader.Read(new StartVm("middle", "vm-1"), host.Device, AskedNvdimm.Of(NvdimmSizer.Size(sizing)), reader.ReadHost());
        return StartDecision.Decide(evidence, new StartPolicy { KeepFrom = KeepFrom.RecordThenLabels, UnverifiedHypervisor = UnverifiedReaction.Warn });
    }

    private void Overwrite(long place, byte[] bytes, bool isKnown = true)
    {
        host.WriteAt(place, bytes);
        guestData.Remove(place);
        if (isKnown && !HasRecord && Places.Select(HashAt).All(hash => hash is null))
        {
            // Nobody can know of labels that were never recorded and are not there.
            (last, noted) = ("", "");
        }

        if (isKnown && !IsReachable(last))
        {
            last = noted;
        }
    }

    private bool HasRecord => host.Ledger.Find(DeviceIdentity.Of(host.Device)).Record?.Layout is not null;

    /// <summary>Whether labels are whole on the device, or in a backup.</summary>
    private bool IsReachable(string hash) => hash.Length == 0 || Places.Any(place => HashAt(place) == hash)
        || Backups().Any(file => file.Contains("labels-at", StringComparison.Ordinal) && Hash(File.ReadAllBytes(file)) == hash);

    private string[] Backups() => Directory.Exists(Path.Combine(host.State, "backups"))
        ? [.. Directory.GetFiles(Path.Combine(host.State, "backups"), "*.bin").Order(StringComparer.Ordinal)]
        : [];

    private string? HashAt(long place) => LabelArea.Read(host.BytesAt(place))?.Hash;

    private static string Hash(byte[] labels) => LabelArea.Read(labels)!.Hash;
}
