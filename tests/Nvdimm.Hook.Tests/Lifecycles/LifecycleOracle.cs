using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>
/// Knows whose device each is, and what of it a ledger can know by what has happened. What it cannot know (a state folder that was lost or restored
/// from an old copy, a copy without any fact) is not held against the guard.
/// </summary>
internal sealed class LifecycleOracle(LifecycleHost[] hosts)
{
    private readonly Dictionary<string, KnownRecord>[] records = [.. hosts.Select(_ => new Dictionary<string, KnownRecord>(StringComparer.Ordinal))];
    private readonly Dictionary<string, KnownRecord>?[] copies = new Dictionary<string, KnownRecord>?[hosts.Length];
    private readonly bool[] isLost = new bool[hosts.Length];
    private readonly bool[] wasLost = new bool[hosts.Length];
    private int labels;

    public IReadOnlyDictionary<string, KnownRecord> RecordsOf(int host) => records[host];

    public bool IsLost(int host) => isLost[host];

    /// <summary>A new uuid for labels.</summary>
    public Guid NewLabel() => new(++labels, 0x1abe, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>A VM has started with the devices in these slots.</summary>
    /// <returns>What must never be; null where the start was right.</returns>
    public string? Started(ModelVm vm, IReadOnlyList<int> slots, List<ModelVm> vms)
    {
        var host = hosts[vm.Host];
        if (slots.Count > 0 && isLost[vm.Host])
        {
            return $"{vm} started while the records of its host are lost";
        }

        return slots.Select(slot => WrongDevice(vm, slot, vms)).FirstOrDefault(wrong => wrong is not null)
            ?? Missing(vm, slots)
            ?? Use(vm, slots, host);
    }

    /// <summary>
    /// Whether a report has lost a VM's device that the host merely cannot show at the moment. What has its uuid may be a copy of it, while the host
    /// shows the device under another name.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="before">The names that the engine was offered before.</param>
    /// <returns>The device; null where none was lost.</returns>
    public string? Withheld(int host, List<int> before)
    {
        var slots = hosts[host].Slots;
        var lost = wasLost[host] ? null : records[host].Values.FirstOrDefault(record =>
            record is { Owner: not null, IsUsed: true, IsReplaced: false, Uuid: not null } && record.Host == host && before.Contains(record.Name) && !hosts[host].Offered.Contains(record.Name)
            && slots[record.Name] is { IsRaw: false, Form: not DeviceForm.Whole } device && device.Uuid == record.Uuid
            && !Array.Exists(slots, shown => shown.ShownUuid == record.Uuid)
            && !records[host].Values.Any(other => other != record && other.Name == record.Name));
        return lost is null ? null : $"the report withholds {slots[lost.Name]} of {lost.Owner}, which the host cannot show at the moment";
    }

    /// <summary>A VM has ended: the labels that are at their place are noted.</summary>
    public void Stopped(ModelVm vm, IEnumerable<PhysicalDevice> devices)
    {
        foreach (var slot in devices.Select(device => Array.IndexOf(hosts[vm.Host].Slots, device)).Where(slot => slot >= 0))
        {
            var (key, device) = (hosts[vm.Host].KeyOf(slot), hosts[vm.Host].Slots[slot]);
            if (device.Form == DeviceForm.Whole && records[vm.Host].TryGetValue(key, out var record) && device.Content.Label is { } label)
            {
                records[vm.Host][key] = record with { Label = label, Name = slot };
            }
        }
    }

    /// <summary>The layout of the device in a slot was recorded: the owner stays, and who is named first becomes it.</summary>
    public void Recorded(int host, int slot, ModelVm? vm)
    {
        var device = hosts[host].Slots[slot];
        var old = records[host].GetValueOrDefault(hosts[host].KeyOf(slot));
        records[host][hosts[host].KeyOf(slot)] = new KnownRecord(slot)
        {
            Uuid = device.ShownUuid,
            RawUuid = device.ShownRawUuid,
            Label = device.Content.IsWiped ? null : old?.Label ?? device.Content.Label,
            Owner = old?.Owner ?? vm,
            Host = host,
            IsUsed = true,
            IsReplaced = old is { IsReplaced: true } && old.Owner != vm,
        };
    }

    /// <summary>An administrator handed over the device in a slot, or released it.</summary>
    public void Given(int host, int slot, ModelVm? vm)
    {
        var device = hosts[host].Slots[slot];
        var key = hosts[host].KeyOf(slot);
        if (vm is not null || records[host].ContainsKey(key))
        {
            var old = records[host].GetValueOrDefault(key) ?? new KnownRecord(slot) { Uuid = device.ShownUuid };
            records[host][key] = old with { Owner = vm, Host = host, IsReplaced = false };
            Replace(host, slot, vm);
            (device.Content.Writer, device.Content.IsReleased) = (vm ?? device.Content.Writer, vm is null);
        }
    }

    /// <summary>The new owner's devices in whose place it has the one that it was given.</summary>
    private void Replace(int host, int slot, ModelVm? vm)
    {
        foreach (var (key, record) in records[host].Where(pair => pair.Key != hosts[host].KeyOf(slot) && pair.Value.Owner == vm).ToList())
        {
            var hasItsPlace = record.Name == slot || record.LeadsTo(hosts[host].Slots[slot], slot, host);
            var isShown = Enumerable.Range(0, hosts[host].Slots.Length).Any(shown => Is(record, hosts[host], shown));
            if (vm is not null && hasItsPlace && record.Host == host && !isShown)
            {
                records[host][key] = record with { IsReplaced = true };
            }
        }
    }

    /// <summary>An administrator put a record aside: what it leads to is nobody's.</summary>
    public void Forgotten(int host, string key)
    {
        if (records[host].Remove(key, out var record))
        {
            foreach (var (device, slot) in hosts.SelectMany(each => each.Slots.Select((device, slot) => (device, slot))))
            {
                device.Content.IsReleased |= record.LeadsTo(device, slot, host);
            }
        }
    }

    /// <summary>The tool was asked to copy or restore the labels of a device: the last set that a guest has written is never lost by that.</summary>
    /// <returns>What must never be; null where all is well.</returns>
    public string? Repaired(int host, int slot)
    {
        var device = hosts[host].Slots[slot];
        var content = device.Content;
        var (home, elsewhere) = (hosts[host].LabelAt(slot, PhysicalDevice.LabelOffset), hosts[host].LabelAt(slot, PhysicalDevice.OtherLabelOffset));
        if (content.Label is { } last)
        {
            var isKnown = records[host].GetValueOrDefault(hosts[host].KeyOf(slot))?.Label == last;
            if (content.Shows(last) && home != last && elsewhere != last)
            {
                return $"the repair of {device} has removed its last labels";
            }

            if (isKnown && home is { } there && there != last)
            {
                return $"the repair of {device} has put old labels where the guest looks for its own";
            }
        }

        var isWiped = content.Label is not null && home is null;
        (content.Label, content.IsWiped, content.Elsewhere) = (home ?? content.Label, isWiped, elsewhere);
        return null;
    }

    /// <summary>The records of another host were imported.</summary>
    public void Imported(int host, int from, bool isForThisHost)
    {
        foreach (var (key, record) in records[from])
        {
            var own = record.Uuid is null && isForThisHost ? key.Replace(hosts[from].Id, hosts[host].Id, StringComparison.Ordinal) : key;
            records[host].TryAdd(own, isForThisHost ? record with { Host = host } : record);
        }
    }

    public void FolderLost(int host)
    {
        records[host].Clear();
        (isLost[host], wasLost[host]) = (true, true);
    }

    public void FolderAdopted(int host) => isLost[host] = false;

    public void FolderCopied(int host) => copies[host] = new(records[host], StringComparer.Ordinal);

    public void FolderRestored(int host)
    {
        records[host] = new(copies[host]!, StringComparer.Ordinal);
        (isLost[host], wasLost[host]) = (false, true);
    }

    /// <summary>Compares the ledgers with what they have to know: an owner changes by an act only.</summary>
    /// <returns>The owner that changed by itself; null where none did.</returns>
    public string? WrongOwner()
    {
        for (var host = 0; host < hosts.Length; host++)
        {
            foreach (var record in hosts[host].Ledger.List().Records)
            {
                var key = record.Identity.IsStable ? record.Identity.Key : $"{record.Identity.Key}@{record.Host}";
                var owner = records[host].GetValueOrDefault(key)?.Owner;
                if (record.VmId != owner?.Id)
                {
                    return $"the record {key} of host {host} says that {record.Owner?.ToString() ?? "nobody"} is the owner, and no act has made it so: "
                        + $"it is {owner?.Name ?? "nobody"}'s";
                }
            }
        }

        return null;
    }

    private string? WrongDevice(ModelVm vm, int slot, List<ModelVm> vms)
    {
        var host = hosts[vm.Host];
        var (device, key) = (host.Slots[slot], host.KeyOf(slot));
        if (device.Form == DeviceForm.NoDriver)
        {
            return $"{vm} started with namespace{slot}.0, which has no device file";
        }

        if (vms.Find(other => other != vm && other.Running?.Devices.Contains(device) == true) is { } running)
        {
            return $"{vm} started with {device}, with which {running} runs";
        }

        if (device.ShownUuid is { } uuid && host.Slots.Any(other => other != device && other.ShownUuid == uuid))
        {
            return $"{vm} started with {device}, and another device of the host has the same uuid";
        }

        if (records[vm.Host].TryGetValue(key, out var own) && own.Owner is { } owner && owner != vm)
        {
            return $"{vm} started with {device}, whose record says that {owner} is the owner";
        }

        if (device is { IsShifted: false, Content: { IsWiped: true, IsAccepted: false, IsReleased: false, Label: { } last } }
            && records[vm.Host].GetValueOrDefault(key) is { IsUsed: true } known && known.Label == last)
        {
            return $"{vm} started with {device}, whose labels are gone, in silence";
        }

        var leading = records[vm.Host].Values.Where(record => record.Owner is not null && record.LeadsTo(device, slot, vm.Host)).ToList();
        if (device.Content is { Writer: { } writer, IsReleased: false })
        {
            if (device.IsShifted && leading.Exists(record => record.Uuid == device.Uuid))
            {
                return $"{vm} started with the raw area of {device}, on which the content of {writer} is shifted";
            }

            if (writer != vm && leading.Exists(record => record.Owner == writer))
            {
                return $"{vm} started with the content of {writer} on {device}";
            }
        }

        return null;
    }

    private string? Missing(ModelVm vm, IReadOnlyList<int> slots)
    {
        var host = hosts[vm.Host];
        if (vm.Property is { } property)
        {
            return property == "none" || slots.Any(slot => host.Slots[slot].ShownUuid?.ToString("D") == property)
                ? null
                : $"{vm} started without {property}, which its property names";
        }

        var missing = records[vm.Host].Values.FirstOrDefault(record => record.Owner == vm && record is { IsUsed: true, IsReplaced: false }
            && record.Host == vm.Host && !slots.Any(slot => Is(record, host, slot)) && !IsAccepted(record, host, slots));
        return missing is null ? null : $"{vm} started in silence without its device, {missing.Uuid?.ToString() ?? $"namespace{missing.Name}.0"}";
    }

    private static bool Is(KnownRecord record, LifecycleHost host, int slot) =>
        record.Uuid is { } uuid ? host.Slots[slot].ShownUuid == uuid : slot == record.Name && host.Slots[slot].ShownUuid is null;

    /// <summary>Whether an administrator has said that another device has its place, and the host does not have it under another name.</summary>
    private static bool IsAccepted(KnownRecord record, LifecycleHost host, IReadOnlyList<int> slots) => slots.Contains(record.Name)
        && host.AcceptedNames.Contains($"namespace{record.Name}.0:{host.Slots[record.Name].ShownUuid:D}")
        && !Enumerable.Range(0, host.Slots.Length).Any(slot => Is(record, host, slot));

    private string? Use(ModelVm vm, IReadOnlyList<int> slots, LifecycleHost host)
    {
        foreach (var slot in slots)
        {
            var device = host.Slots[slot];
            if (device.IsShifted)
            {
                device.BecomeRaw();
            }

            Recorded(vm.Host, slot, vm);
            device.Content.Label = device.Content.IsWiped ? null : device.Content.Label;
            (device.Content.Writer, device.Content.IsReleased, device.Content.IsWiped, device.Content.IsAccepted) = (vm, false, false, false);
            device.Content.Label ??= vm.MakesLabels ? NewLabel() : null;
        }

        foreach (var (key, record) in records[vm.Host].Where(pair => pair.Value is { IsReplaced: false, IsUsed: true } && pair.Value.Owner == vm).ToList())
        {
            if (!slots.Any(slot => host.KeyOf(slot) == key)
                && DeviceIdentity.TryParse(key.Split('@')[0], out var identity) && host.Ledger.Find(identity).Record is { ReplacedBy: not null })
            {
                records[vm.Host][key] = record with { IsReplaced = true };
            }
        }

        return null;
    }
}
