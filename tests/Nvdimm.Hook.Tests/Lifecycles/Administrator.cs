using System.Globalization;
using System.Text.RegularExpressions;
using Nvdimm.Cli.Planning;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Hook.Files;

namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>What administrators do with the tool: each as its command does.</summary>
internal sealed class Administrator(LifecycleHost[] hosts, LifecycleOracle oracle)
{
    private static readonly StartPolicy Policy = new() { KeepFrom = KeepFrom.RecordThenLabels, UnverifiedHypervisor = UnverifiedReaction.Warn };
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Does what an event says. What the tool refuses changes nothing.</summary>
    /// <returns>What must never be; null where all is well.</returns>
    public string? Act(LifecycleEvent happening, ModelVm vm, int host, int slot, List<ModelVm> vms)
    {
        var isInUse = vms.Exists(each => each.Running?.Devices.Contains(hosts[host].Slots[slot]) == true);
        switch (happening.Kind)
        {
            case LifecycleKind.FolderLost when !vms.Exists(each => each.Host == host && each.Running is not null):
                hosts[host].LoseFolder(isMadeAgain: happening.Second % 2 == 1);
                oracle.FolderLost(host);
                break;
            case LifecycleKind.FolderAdopted:
                StateFolder.Make(hosts[host].State, hosts[host].Id);
                oracle.FolderAdopted(host);
                break;
            case LifecycleKind.FolderCopied when !oracle.IsLost(host):
                hosts[host].CopyFolder();
                oracle.FolderCopied(host);
                break;
            case LifecycleKind.FolderRestored when !vms.Exists(each => each.Host == host && each.Running is not null) && hosts[host].RestoreFolder():
                oracle.FolderRestored(host);
                break;
            case LifecycleKind.RecordWithVm or LifecycleKind.RecordWithoutVm:
                Record(vm, isNamed: happening.Kind == LifecycleKind.RecordWithVm);
                break;
            case LifecycleKind.Accept:
                Accept(vm);
                break;
            case LifecycleKind.Give or LifecycleKind.Release:
                var to = vms[happening.Second % vms.Count];
                Give(host, slot, happening.Kind == LifecycleKind.Release ? null : to);
                break;
            case LifecycleKind.Forget:
                Forget(host, happening.Second);
                break;
            case LifecycleKind.Import or LifecycleKind.ImportForThisHost:
                Import(host, isForThisHost: happening.Kind == LifecycleKind.ImportForThisHost);
                break;
            case LifecycleKind.LabelsWiped when !isInUse:
                Wipe(host, slot, isElsewhere: happening.Second % 3 == 0);
                break;
            case LifecycleKind.LabelsRelocated or LifecycleKind.LabelsRestored when !isInUse:
                return Repair(host, slot, happening, hosts[host].Slots[slot].Content.Writer ?? vm);
            case LifecycleKind.AcceptNames:
                FollowReport(host);
                break;
            case LifecycleKind.AcceptNamesRemoved:
                hosts[host].AcceptedNames.Clear();
                hosts[host].Configure();
                break;
        }

        return null;
    }

    /// <summary>Configures the names that the report advises to accept, and lets VDSM report again.</summary>
    /// <returns>The report's first line.</returns>
    public string FollowReport(int host)
    {
        var line = hosts[host].Report(isEmpty: true);
        FollowNames(host, line);
        hosts[host].Report(isEmpty: true);
        return line;
    }

    /// <summary>Writes the line of the configuration that is advised, in place of the one that is there.</summary>
    private void FollowNames(int host, string line)
    {
        if (Regex.Match(line, "'accept-names = (?<names>[^']*)'", RegexOptions.ExplicitCapture, Limit) is { Success: true } advice)
        {
            hosts[host].AcceptedNames.Clear();
            hosts[host].AcceptedNames.UnionWith(advice.Groups["names"].Value.Split(' '));
        }

        hosts[host].Configure();
    }

    /// <summary>Does what a refused start says: detaches, attaches, and hands over what is the VM's own.</summary>
    public void Follow(ModelVm vm, string line)
    {
        foreach (var slot in SlotsAfter(line, "detach"))
        {
            vm.Attached.Remove(slot);
        }

        foreach (var slot in SlotsAfter(line, "attach").Concat(SlotsAfter(line, "should have")).Where(hosts[vm.Host].Offered.Contains))
        {
            vm.Attached.Add(slot);
        }

        FollowNames(vm.Host, line);
        foreach (var slot in SlotsAfter(line, "nvdimm layout give").Where(slot => hosts[vm.Host].Slots[slot].Content.Writer == vm))
        {
            Give(vm.Host, slot, vm);
        }
    }

    private static List<int> SlotsAfter(string line, string verb) =>
        Regex.Matches(line, $@"\b{verb} namespace(?<slot>\d)\.0\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Limit)
            .Select(match => int.Parse(match.Groups["slot"].Value, CultureInfo.InvariantCulture)).Distinct().ToList();

    private void Record(ModelVm vm, bool isNamed)
    {
        foreach (var (slot, decision) in Decisions(vm, isNamed))
        {
            var refusals = decision.Refusals.Where(finding => finding.Code is NvdimmCodes.IdentityChanged or NvdimmCodes.FellBackToRaw
                or NvdimmCodes.IdentityTwice or NvdimmCodes.IdentityUncertain or NvdimmCodes.StateFolderForeign
                || (finding.Code == NvdimmCodes.UsedByOtherVm && decision.Evidence.Recorded.Record?.Owner is { } owner && !decision.Evidence.Vm.Owns(owner)));
            if (decision.Check is { IsAllowed: true } && !refusals.Any() && hosts[vm.Host].Ledger.Save(decision.Use()).Record is not null)
            {
                oracle.Recorded(vm.Host, slot, isNamed ? vm : null);
            }
        }
    }

    private void Accept(ModelVm vm)
    {
        foreach (var (slot, decision) in Decisions(vm, isNamed: true))
        {
            var findings = decision.Check?.Refusals.Where(GuardCodes.IsAcceptable).ToList() ?? [];
            if (findings.Count > 0)
            {
                hosts[vm.Host].Ledger.Accept(decision.Evidence.Identity, decision.Evidence.Device.Name, decision.Evidence.Device.Path!, findings, "the model");
                hosts[vm.Host].Slots[slot].Content.IsAccepted = true;
            }
        }
    }

    /// <summary>What the tool decides about the devices of a VM that are there.</summary>
    private List<(int Slot, StartDecision Decision)> Decisions(ModelVm vm, bool isNamed)
    {
        var host = hosts[vm.Host];
        if (oracle.IsLost(vm.Host))
        {
            return [];
        }

        var payload = Path.Combine(host.Root, "tool");
        var slots = vm.Attached.ToList();
        File.WriteAllText(payload, ModelDomain.Of(vm, slots.Select(host.PathOf)));
        var elements = NvdimmText.Read(new PayloadFile(payload)).Elements;
        var reader = new StartEvidenceReader(host.State, TimeProvider.System, host.Root);
        var found = new List<(int, StartDecision)>();
        foreach (var (slot, element) in slots.Zip(elements))
        {
            if (new HostDevices(host.Root).Find(element.Path) is { } device
                && AskedNvdimm.Of(element, device, GuestArchitecture.X86_64, ByteSize.Zero) is { } asked)
            {
                var evidence = reader.Read(isNamed ? new StartVm(vm.Name, vm.Id) : new StartVm(Name: null, Id: null), device, asked, reader.ReadHost());
                found.Add((slot, StartDecision.Decide(evidence, Policy)));
            }
        }

        return found;
    }

    private void Give(int number, int slot, ModelVm? to)
    {
        var host = hosts[number];
        if (oracle.IsLost(number) || host.Device(slot) is not { } device)
        {
            return;
        }

        var content = host.Slots[slot].Content;
        var facts = DeviceFacts.Of(device, host.Id) with
        {
            LabelUuids = host.Slots[slot].IsShifted
                ? []
                : new[] { content.Label, content.Elsewhere }.OfType<Guid>().Where(content.Shows).Distinct().ToValueList(),
        };
        var identity = DeviceIdentity.Of(device);
        var owner = to is null ? null : new DeviceOwner(VmName: null, to.Id);
        var verdict = OwnerChangeDecision.Of(identity, facts, host.Ledger.List().Records, new SysfsNvdimmReader(host.Root).List(), host.Id, owner);
        if (verdict.Refusals.Count == 0)
        {
            host.Ledger.Give(identity, device.Name, device.Path!, owner, verdict.Distinct, verdict.Replaced);
            oracle.Given(number, slot, to);
        }
    }

    private void Wipe(int number, int slot, bool isElsewhere)
    {
        var content = hosts[number].Slots[slot].Content;
        (content.IsWiped, content.Elsewhere) = isElsewhere ? (content.IsWiped, null) : (content.Label is not null, content.Elsewhere);
        hosts[number].WriteContent([slot]);
    }

    /// <summary>Repairs with the tool itself.</summary>
    private string? Repair(int number, int slot, LifecycleEvent happening, ModelVm vm)
    {
        var host = hosts[number];
        if (oracle.IsLost(number) || host.Device(slot) is null || host.Slots[slot].IsShifted)
        {
            return null;
        }

        string[] words;
        if (happening.Kind == LifecycleKind.LabelsRestored)
        {
            var folder = Path.Combine(host.State, "backups");
            var files = $"{DeviceIdentity.Of(host.Device(slot)!).Key}.*.labels-at-*.bin";
            var backups = Directory.Exists(folder) ? Directory.GetFiles(folder, files).Order(StringComparer.Ordinal).ToList() : [];
            if (backups.Count == 0)
            {
                return null;
            }

            words = ["--restore-labels", backups[happening.Second % backups.Count]];
        }
        else
        {
            var domain = Path.Combine(host.Root, "repair.xml");
            var size = happening.Second % 2 == 0 ? PhysicalDevice.OtherTargetSize : PhysicalDevice.TargetSize;
            File.WriteAllText(domain, ModelDomain.Of(vm, [host.PathOf(slot)], size));
            words = ["--relocate-labels", $"namespace{slot}.0", "--domain-xml", domain];
        }

        var output = ModelTool.Run(host, ["repair", .. words, "--apply", "--state-folder", host.State]);
        return oracle.Repaired(number, slot) is { } wrong ? $"{wrong}: {output}" : null;
    }

    private void Forget(int number, int choice)
    {
        var keys = oracle.RecordsOf(number).Where(pair => pair.Value.Uuid is not null || pair.Value.Host == number)
            .Select(pair => pair.Key).Order(StringComparer.Ordinal).ToList();
        if (!oracle.IsLost(number) && keys.Count > 0 && DeviceIdentity.TryParse(keys[choice % keys.Count].Split('@')[0], out var identity))
        {
            hosts[number].Ledger.Forget(identity);
            oracle.Forgotten(number, keys[choice % keys.Count]);
        }
    }

    private void Import(int number, bool isForThisHost)
    {
        var from = 1 - number;
        if (!oracle.IsLost(number) && !hosts[number].Ledger.Import(hosts[from].Ledger.Export().Json, "the model", isForThisHost).IsRefused)
        {
            oracle.Imported(number, from, isForThisHost);
        }
    }
}
