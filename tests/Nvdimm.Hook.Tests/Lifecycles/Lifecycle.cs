using System.Text.RegularExpressions;

namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>
/// Two hosts with five devices and three VMs, each of which has used its own device, in a folder of their own. Every step of a VM or a report goes
/// through the hook; the oracle says after each what must never be.
/// </summary>
internal sealed class Lifecycle
{
    private readonly LifecycleHost[] hosts;
    private readonly LifecycleOracle oracle;
    private readonly Administrator administrator;
    private readonly List<ModelVm> vms = [];
    private readonly List<string> story = [];
    private PhysicalDevice shelf;
    private int devices;
    private int names;

    public Lifecycle(string folder)
    {
        hosts =
        [
            new LifecycleHost(folder, 0, [NewDevice(), NewDevice(), new PhysicalDevice(++devices, uuid: null, rawUuid: null), NewDevice()]),
            new LifecycleHost(folder, 1, [NewDevice()]),
        ];
        shelf = NewDevice();
        oracle = new LifecycleOracle(hosts);
        administrator = new Administrator(hosts, oracle);
        foreach (var (host, slot) in new[] { (0, 0), (0, 1), (1, 0) })
        {
            Begin(NewVm(host), slot);
        }

        foreach (var host in hosts.Where(host => !host.IsPrepared))
        {
            host.KeepBeginning();
        }
    }

    /// <summary>What must never be; null as long as all is well.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Plays events until one of them leads to what must never be.</summary>
    /// <returns>That; null where all went well.</returns>
    public string? Play(IEnumerable<LifecycleEvent> events)
    {
        foreach (var each in events)
        {
            LastLine = "";
            story.Add($"{each.Kind}: {Subject(each)}");
            var before = Starts.Refused;
            Wrong ??= Play(each) ?? oracle.WrongOwner();
            var isRefused = Starts.Refused > before;
            story[^1] += LastLine.Length == 0 ? "" : $": {(isRefused ? "refused" : "started")}, {Short(LastLine)}";
            if (Wrong is not null)
            {
                break;
            }
        }

        return Wrong;
    }

    /// <summary>After harmless events: follows what is printed, until each VM has started with its own device.</summary>
    /// <returns>The VM that did not, and what was printed last; null where all did.</returns>
    public string? Advice()
    {
        foreach (var vm in vms)
        {
            Stop(vm);
        }

        foreach (var host in hosts)
        {
            Array.ForEach(host.Slots, device => device.Form = DeviceForm.Whole);
            host.Show();
        }

        foreach (var vm in vms)
        {
            var lines = new List<string>();
            var own = hosts.SelectMany(host => host.Slots).Single(device => device.Content.Writer == vm);
            for (var round = 0; round < 6 && vm.Running is null; round++)
            {
                lines.Add(WithoutNoise(administrator.FollowReport(vm.Host)));
                if (Start(vm, thenDestroys: true) is { } wrong)
                {
                    return wrong;
                }

                if (vm.Running is null)
                {
                    lines.Add(WithoutNoise(LastLine));
                    administrator.Follow(vm, LastLine);
                }
            }

            if (vm.Running?.Devices.Contains(own) != true)
            {
                return $"{vm} does not start with {own}, whatever is printed:\n{string.Join('\n', lines.Distinct(StringComparer.Ordinal))}";
            }

            Stop(vm);
        }

        return null;
    }

    /// <summary>How many VMs have started, and how many starts were refused.</summary>
    public (int Started, int Refused) Starts { get; private set; }

    /// <summary>What has happened, for people.</summary>
    public string Story => string.Join('\n', [.. story, .. vms.Select(vm => $"in the end {vm} on host {vm.Host} has {Names(vm)}")]);

    private string LastLine { get; set; } = "";

    private static string Names(ModelVm vm) => vm.Attached.Count == 0 ? "nothing" : string.Join(" and ", vm.Attached.Select(name => $"namespace{name}.0"));

    /// <summary>The codes of a line.</summary>
    private static string Short(string line) => string.Join(
        ' ',
        Regex.Matches(line, "NVDIMM_[A-Z_]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value).Distinct(StringComparer.Ordinal));

    /// <summary>A line without what it says of every start or report.</summary>
    private static string WithoutNoise(string line) => Regex.Replace(
        line,
        @" \[NVDIMM_(HOOK_REPORT_SIZED|HOOK_REPORT_RESTORED|HYPERVISOR_NOT_VERIFIED|PERSISTENCE_NOT_GUARANTEED|MODE_WITHOUT_DAX|NO_STABLE_IDENTITY)\]"
            + @".*?(?= \[NVDIMM|$)",
        "",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    private string Subject(LifecycleEvent happening)
    {
        var (number, vm, (owner, slot)) = (happening.First % hosts.Length, vms[happening.First % vms.Count], PlaceOf(happening.First));
        return happening.Kind switch
        {
            LifecycleKind.Reboot or LifecycleKind.Crash or LifecycleKind.Report or LifecycleKind.EmptyReport => $"host {number}",
            LifecycleKind.Give => $"{hosts[owner].Slots[slot]} (namespace{slot}.0 of host {owner}) to {vms[happening.Second % vms.Count]}",
            LifecycleKind.Copied or LifecycleKind.CopiedWithUuid => $"{hosts[owner].Slots[slot]} to {PlaceOf(happening.Second)}",
            >= LifecycleKind.DriverLate and <= LifecycleKind.DimmSwapped or LifecycleKind.ReportLost or LifecycleKind.Release
                or LifecycleKind.LabelsWiped or LifecycleKind.LabelsRelocated or LifecycleKind.LabelsRestored =>
                $"{hosts[owner].Slots[slot]} (namespace{slot}.0 of host {owner})",
            >= LifecycleKind.VmCloned and <= LifecycleKind.PropertyRemoved or >= LifecycleKind.Attach and <= LifecycleKind.GuestWrites
                or LifecycleKind.RecordWithVm or LifecycleKind.RecordWithoutVm or LifecycleKind.Accept => $"{vm} with {Names(vm)}, choice {happening.Second}",
            _ => $"host {owner}, choice {happening.Second}",
        };
    }

    private string? Play(LifecycleEvent happening)
    {
        var (kind, first, second) = happening;
        var number = first % hosts.Length;
        var host = hosts[number];
        var vm = vms[first % vms.Count];
        var (owner, slot) = PlaceOf(first);
        var device = hosts[owner].Slots[slot];
        var own = hosts[vm.Host];
        switch (kind)
        {
            case LifecycleKind.Reboot:
                GoDown(number);
                Shuffle(host.Slots, second);
                Array.ForEach(host.Slots, each => each.Form = each.Form == DeviceForm.NoDriver ? DeviceForm.Whole : each.Form);
                host.Show();
                return null;
            case LifecycleKind.Crash:
                GoDown(number);
                return null;
            case LifecycleKind.DriverLate:
                return Change(owner, device, () => device.Form = DeviceForm.NoDriver);
            case LifecycleKind.ComeBack:
                return Change(owner, device, () => device.Form = DeviceForm.Whole);
            case LifecycleKind.FallToRaw:
                return Change(owner, device, () => device.Form = device.IsRaw ? device.Form : DeviceForm.RawArea);
            case LifecycleKind.MadeAnewKept or LifecycleKind.MadeAnewBlank:
                return Change(owner, device, () => MakeAnew(device, kind == LifecycleKind.MadeAnewKept));
            case LifecycleKind.Grown:
                return Change(owner, device, () => device.Size += 2L << 20);
            case LifecycleKind.Copied or LifecycleKind.CopiedWithUuid:
                return CopyTo(PlaceOf(second), device, kind == LifecycleKind.CopiedWithUuid);
            case LifecycleKind.MovedToOtherHost:
                Exchange(ref hosts[0].Slots[second % hosts[0].Slots.Length], ref hosts[1].Slots[0], 0, 1);
                return null;
            case LifecycleKind.DimmSwapped:
                Exchange(ref hosts[owner].Slots[slot], ref shelf, owner);
                return null;
            case LifecycleKind.VmCloned:
                var clone = NewVm(vm.Host);
                clone.Property = vm.Property;
                clone.Attached.UnionWith(vm.Attached);
                return null;
            case LifecycleKind.VmImported or LifecycleKind.VmDeleted when vms.Count > 2 || kind == LifecycleKind.VmImported:
                Stop(vm);
                vms.Remove(vm);
                if (kind == LifecycleKind.VmImported)
                {
                    NewVm(second % hosts.Length, vm.Name).Property = vm.Property;
                }

                return null;
            case LifecycleKind.VmPinnedElsewhere when vm.Running is null:
                vm.Host = 1 - vm.Host;
                vm.Attached.Clear();
                return null;
            case LifecycleKind.PropertyRight:
                vm.Property = vm.Attached.Select(name => own.Slots[name].ShownUuid?.ToString("D")).FirstOrDefault(uuid => uuid is not null);
                return null;
            case LifecycleKind.PropertyAny:
                vm.Property = own.Slots[second % own.Slots.Length].ShownUuid?.ToString("D");
                return null;
            case LifecycleKind.PropertyNone or LifecycleKind.PropertyRemoved:
                vm.Property = kind == LifecycleKind.PropertyNone ? "none" : null;
                return null;
            case LifecycleKind.Report or LifecycleKind.EmptyReport:
                var before = host.Offered.ToList();
                host.Report(kind == LifecycleKind.EmptyReport);
                DropUnreported(number);
                return oracle.Withheld(number, before);
            case LifecycleKind.ReportLost:
                hosts[owner].Offered.Remove(slot);
                DropUnreported(owner);
                return null;
            case LifecycleKind.Attach when vm.Running is null && vm.Attached.Count < 2 && own.Offered.Count > 0:
                vm.Attached.Add(own.Offered.Order().ElementAt(second % own.Offered.Count));
                return null;
            case LifecycleKind.Detach when vm.Running is null && vm.Attached.Count > 0:
                vm.Attached.Remove(vm.Attached.ElementAt(second % vm.Attached.Count));
                return null;
            case LifecycleKind.Start or LifecycleKind.StartThenDestroy:
                return Start(vm, kind == LifecycleKind.StartThenDestroy);
            case LifecycleKind.Stop:
                Stop(vm);
                return null;
            case LifecycleKind.GuestWrites when vm.Running is { } running && vm.MakesLabels:
                running.Devices.ForEach(each => each.Content.Label = oracle.NewLabel());
                own.WriteContent(running.Devices.Select(each => Array.IndexOf(own.Slots, each)));
                return null;
            default:
                return administrator.Act(happening, vm, owner, slot, vms);
        }
    }

    /// <summary>A VM uses its device for the first time; what the hook has made of that is there already where the folder was used before.</summary>
    private void Begin(ModelVm vm, int slot)
    {
        var host = hosts[vm.Host];
        vm.Attached.Add(slot);
        host.Offered.UnionWith(Enumerable.Range(0, host.Slots.Length));
        if (host.IsPrepared)
        {
            Wrong ??= oracle.Started(vm, [slot], vms);
            oracle.Stopped(vm, [host.Slots[slot]]);
            host.WriteContent([slot]);
        }
        else
        {
            host.Report(isEmpty: true);
            Wrong ??= Start(vm, thenDestroys: false) ?? (vm.Running is null ? $"{vm} does not start with a new device: {LastLine}" : null);
            Stop(vm);
        }
    }

    private PhysicalDevice NewDevice() => new(++devices, Uuid(devices, 0xa), Uuid(devices, 0xb));

    private static Guid Uuid(int number, short kind) => new(number, kind, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    private ModelVm NewVm(int host, string? name = null)
    {
        var number = ++names;
        var vm = name is null ? new ModelVm(number, host) : new ModelVm(number, host) { Name = name };
        vms.Add(vm);
        return vm;
    }

    private (int Host, int Slot) PlaceOf(int choice) => choice % 5 == 4 ? (1, 0) : (0, choice % 5);

    private bool IsInUse(PhysicalDevice device) => vms.Exists(vm => vm.Running?.Devices.Contains(device) == true);

    private string? Change(int host, PhysicalDevice device, Action change)
    {
        if (!IsInUse(device))
        {
            change();
            hosts[host].Show();
        }

        return null;
    }

    private void MakeAnew(PhysicalDevice device, bool isKept)
    {
        (device.RawUuid, device.Uuid, device.Form) = (device.RawUuid ?? device.Uuid ?? Uuid(++devices, 0xb), Uuid(++devices, 0xa), DeviceForm.Whole);
        device.Content = isKept ? device.Content : new GuestContent();
    }

    private string? CopyTo((int Host, int Slot) place, PhysicalDevice from, bool hasUuid)
    {
        var to = hosts[place.Host].Slots[place.Slot];
        return to == from || to.IsRaw || from.IsRaw ? null : Change(place.Host, to, () =>
        {
            (to.Content, to.Form, to.Size) = (from.Content.Copy(), DeviceForm.Whole, from.Size);
            to.Uuid = hasUuid ? from.Uuid : to.Uuid;
        });
    }

    private void Exchange(ref PhysicalDevice one, ref PhysicalDevice other, params int[] down)
    {
        Array.ForEach(down, GoDown);
        (one, other) = (other, one);
        Array.ForEach(down, number => hosts[number].Show());
    }

    private static void Shuffle(PhysicalDevice[] slots, int order)
    {
        // Two change places, or three.
        var count = slots.Length;
        (slots[order % count], slots[(order + 1) % count]) = (slots[(order + 1) % count], slots[order % count]);
        if (order > 5)
        {
            (slots[order % count], slots[(order + 2) % count]) = (slots[(order + 2) % count], slots[order % count]);
        }
    }

    private void GoDown(int host)
    {
        vms.FindAll(vm => vm.Host == host).ForEach(vm => vm.Running = null);
        hosts[host].LoseClaims();
    }

    private void DropUnreported(int host) => vms.FindAll(vm => vm.Host == host).ForEach(vm => vm.Attached.IntersectWith(hosts[host].Offered));

    private string? Start(ModelVm vm, bool thenDestroys)
    {
        if (vm.Running is not null)
        {
            return null;
        }

        var (host, slots) = (hosts[vm.Host], vm.Attached.ToList());
        var domain = ModelDomain.Of(vm, slots.Select(host.PathOf));
        var (status, line, payload) = host.Run("before_vm_start", domain, vm);
        LastLine = line;
        Starts = status == 0 ? (Starts.Started + 1, Starts.Refused) : (Starts.Started, Starts.Refused + 1);
        if (status == 0)
        {
            vm.Running = (payload, slots.ConvertAll(slot => host.Slots[slot]));
            var isRaw = vm.Running?.Devices.Exists(device => device.IsShifted) == true;
            var wrong = oracle.Started(vm, slots, vms);
            if (isRaw)
            {
                host.Show();
            }
            else if (wrong is null)
            {
                host.WriteContent(slots);
            }

            return wrong is null ? null : $"{wrong} ({line})";
        }

        if (thenDestroys)
        {
            host.Run("after_vm_destroy", domain, vm);
        }

        return null;
    }

    private void Stop(ModelVm vm)
    {
        if (vm.Running is { } running)
        {
            hosts[vm.Host].Run("after_vm_destroy", running.Domain, vm);
            oracle.Stopped(vm, running.Devices);
            vm.Running = null;
        }
    }
}
