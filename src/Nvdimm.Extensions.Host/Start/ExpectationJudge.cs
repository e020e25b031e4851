using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>Compares the NVDIMMs of a domain with those that the VM has to have.</summary>
internal sealed class ExpectationJudge(
    StartExpectation expectation, StartVm vm, ValueList<PresentNvdimm> present, ValueList<LayoutRecord> records, string host, ValueList<NvdimmDevice> devices)
{
    /// <summary>The VM's own devices on this host.</summary>
    private readonly List<LayoutRecord> own = records
        .Where(record => record.IsExpected && record.IsOf(host) && vm.Owns(record.Owner!))
        .ToList();

    private readonly List<Guid> named = (expectation.Named ?? []).Select(UuidOf).OfType<Guid>().ToList();

    private string VmText => vm.Name ?? $"VM {vm.Id}";

    public ExpectationVerdict Judge()
    {
        var taken = present.SelectMany(nvdimm => own.Where(record => HasItsPlace(nvdimm, record)).Select(record => (Nvdimm: nvdimm, Record: record))).ToList();
        var replaced = taken
            .Where(pair => IsAccepted(pair.Nvdimm, pair.Record) && !present.Any(nvdimm => Is(nvdimm, pair.Record)))
            .Where(pair => named.Count > 0 || NowOf(pair.Record) is null)
            .Select(pair => new ReplacedNvdimm(pair.Record.Identity, DeviceIdentity.Of(pair.Nvdimm.Device!)))
            .ToValueList();
        var changed = taken.Where(pair => !IsAccepted(pair.Nvdimm, pair.Record)).ToList();
        return new ExpectationVerdict(
            [
                .. changed.Select(pair => Changed(pair.Nvdimm, pair.Record)).Distinct(),
                .. changed.Select(pair => ToDecide(pair.Nvdimm.Device!, pair.Record)).OfType<Finding>().Distinct(),
                .. AcceptedNames.Advice(expectation.AcceptedNames, changed.SelectMany(pair => ToAccept(pair.Nvdimm.Device!, pair.Record))) is { } line
                    ? [line]
                    : Array.Empty<Finding>(),
                .. own.Where(record => !present.Any(nvdimm => Is(nvdimm, record)) && IsWanted(record)).SelectMany(Renamed),
                .. expectation.Named is { } words ? MissingOf(words) : MissingOf(own.Where(record => !replaced.Any(pair => pair.Old == record.Identity))),
            ],
            replaced);
    }

    /// <summary>Whether a device is there under the name or path of another one of the VM's.</summary>
    private static bool HasItsPlace(PresentNvdimm nvdimm, LayoutRecord record) =>
        nvdimm.Device is { } device && (record.Name == device.Name || record.Path == nvdimm.Path) && !Is(nvdimm, record);

    /// <summary>
    /// Whether an NVDIMM is the recorded device: by a strong fact, or, where neither has any, by its name. One that could not be read counts by its path:
    /// that it is unreadable is said anyway.
    /// </summary>
    private static bool Is(PresentNvdimm nvdimm, LayoutRecord record)
    {
        if (nvdimm.Device is not { } device)
        {
            return nvdimm.Path == record.Path;
        }

        var sameness = Sameness.Compare(record.Facts, DeviceFacts.Of(device, record.Host));
        return sameness.IsSame || (!sameness.IsOther && !record.Identity.IsStable && DeviceIdentity.Of(device) == record.Identity);
    }

    /// <summary>What the host shows the recorded device as; null where it does not show it.</summary>
    private NvdimmDevice? NowOf(LayoutRecord record) =>
        devices.FirstOrDefault(device => Sameness.Compare(record.Facts, DeviceFacts.Of(device, record.Host)).IsSame);

    /// <summary>Whether the host shows the recorded device, or the domain has it.</summary>
    private bool IsShown(LayoutRecord record) => NowOf(record) is not null || present.Any(nvdimm => Is(nvdimm, record));

    private bool IsWanted(LayoutRecord record) => expectation.Named is null || (record.Identity.Uuid is { } uuid && named.Contains(uuid));

    /// <summary>Where the device is now, if it has another name: the engine knows nothing but names, and has to be told.</summary>
    private IEnumerable<Finding> Renamed(LayoutRecord record) => NowOf(record) is { } now && now.Name != record.Name
        ? [Finding.Warning(NvdimmCodes.DeviceRenamed, ("vm", VmText), ("identity", record.Identity.Key), ("was", record.Name), ("device", now.Name))]
        : [];

    /// <summary>
    /// Whether an administrator has said that the VM shall have this device in the place of the recorded one. Nobody can say so of its raw area, on
    /// which all data is shifted.
    /// </summary>
    private bool IsAccepted(PresentNvdimm nvdimm, LayoutRecord record) => nvdimm.Device is { Uuid: { } uuid } device
        && !Sameness.Compare(record.Facts, DeviceFacts.Of(device, record.Host)).IsRawArea
        && (named.Count > 0 ? named.Contains(uuid) : expectation.AcceptedNames.TryGetValue(device.Name, out var accepted) && accepted == uuid);

    /// <summary>
    /// What decides that the VM shall have the device in the place of its own one. Nothing does where it is another VM's, or may be a raw area, of which
    /// the evidence of the device says more; and where the host shows the VM's own one, it has to have that.
    /// </summary>
    private Finding? ToDecide(NvdimmDevice device, LayoutRecord record)
    {
        if (IsOthersOrRawArea(device, record) || IsShown(record))
        {
            return null;
        }

        var give = $"'nvdimm layout give {device.Name} --to {vm.Id ?? vm.Name}'";
        return Finding.Warning(
            NvdimmCodes.ReplacementToDecide,
            ("vm", VmText),
            ("recorded", record.Identity.Key),
            ("device", record.Name),
            ("resolve", (named.Count, device.Uuid) switch
            {
                (0, _) => $"If it shall have {device.Name} in its place: {give}",
                (_, { } uuid) => $"Its property 'nvdimm' names what it shall have. If that is {device.Name}, write {uuid:D} there",
                _ => $"Its property 'nvdimm' names what it shall have. If that is {device.Name}, write {device.Name} there, and {give}",
            }));
    }

    /// <summary>
    /// The name that has to be accepted where the host shows the VM's own device under another one: the VM has both then, or two names are swapped.
    /// </summary>
    private IEnumerable<(string Name, Guid Uuid)> ToAccept(NvdimmDevice device, LayoutRecord record) =>
        named.Count == 0 && IsShown(record) && device.Uuid is { } uuid && !IsOthersOrRawArea(device, record) ? [(device.Name, uuid)] : [];

    private bool IsOthersOrRawArea(NvdimmDevice device, LayoutRecord record)
    {
        var (identity, facts) = (DeviceIdentity.Of(device), DeviceFacts.Of(device, record.Host));
        return Sameness.Compare(record.Facts, facts).IsRawArea
            || records.Any(other => other.Identity == identity && other.Owner is { } owner && !vm.Owns(owner));
    }

    private IEnumerable<Finding> MissingOf(IEnumerable<LayoutRecord> expected)
    {
        var left = present.ToList();
        foreach (var record in expected)
        {
            var at = left.FindIndex(nvdimm => Is(nvdimm, record));
            if (at >= 0)
            {
                left.RemoveAt(at);
            }
            else
            {
                var severity = expectation.Missing == StartReaction.Refuse ? Severity.Error : Severity.Warning;
                yield return Missing(NowOf(record)?.Name ?? record.Name) with { Severity = severity };
            }
        }
    }

    private IEnumerable<Finding> MissingOf(ValueList<string> words)
    {
        var left = present.ToList();
        foreach (var word in words.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var at = UuidOf(word) is { } uuid
                ? left.FindIndex(nvdimm => nvdimm.Device?.Uuid == uuid)
                : left.FindIndex(nvdimm => nvdimm.Name == word || nvdimm.Path == word);
            if (at >= 0)
            {
                left.RemoveAt(at);
            }
            else
            {
                yield return Missing(word);
            }
        }
    }

    private Finding Missing(string device) => Finding.Error(NvdimmCodes.SilentlyDetached, ("vm", VmText), ("device", device));

    private static Finding Changed(PresentNvdimm nvdimm, LayoutRecord record) => Finding.Error(
        NvdimmCodes.IdentityChanged,
        ("device", nvdimm.Name),
        ("attachedUuid", record.Identity.Uuid is { } was ? $"{was:D}" : record.Identity.Key),
        ("uuid", nvdimm.Device!.Uuid is { } now ? $"{now:D}" : "none"));

    private static Guid? UuidOf(string word) => Guid.TryParseExact(word, "D", out var uuid) ? uuid : null;
}
