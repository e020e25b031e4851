using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>Compares the NVDIMMs of a domain with those that the VM must have.</summary>
internal sealed class ExpectationCheck(
    StartExpectation expectation, StartVm vm, ValueList<PresentNvdimm> present,
    ValueList<LayoutRecord> records, string host, ValueList<NvdimmDevice> devices)
{
    /// <summary>The records of the devices that belong to the VM on this host.</summary>
    private readonly List<LayoutRecord> ownRecords = records
        .Where(record => record.IsExpected && record.IsOf(host) && vm.Owns(record.Owner!))
        .ToList();

    private readonly List<Guid> named = (expectation.Named ?? []).Select(UuidOf).OfType<Guid>().ToList();

    private string VmText => vm.Name ?? $"VM {vm.Id}";

    public ExpectationResult Check()
    {
        var taken = present
            .SelectMany(
                nvdimm => ownRecords.Where(record => HasItsPlace(nvdimm, record)).Select(record => (Nvdimm: nvdimm, Record: record)))
            .ToList();
        var replaced = taken
            .Where(pair => IsAccepted(pair.Nvdimm, pair.Record) && !present.Any(nvdimm => Is(nvdimm, pair.Record)))
            .Where(pair => named.Count > 0 || NowOf(pair.Record) is null)
            .Select(pair => new ReplacedNvdimm(pair.Record.Identity, DeviceIdentity.Of(pair.Nvdimm.Device!)))
            .ToValueList();
        var changed = taken.Where(pair => !IsAccepted(pair.Nvdimm, pair.Record)).ToList();
        return new ExpectationResult(
            [
                .. changed.Select(pair => Changed(pair.Nvdimm, pair.Record)).Distinct(),
                .. changed.Select(pair => ToDecide(pair.Nvdimm.Device!, pair.Record)).OfType<Finding>().Distinct(),
                .. AcceptedNames.Advice(
                    expectation.AcceptedNames, changed.SelectMany(pair => ToAccept(pair.Nvdimm.Device!, pair.Record))) is { } line
                    ? [line]
                    : Array.Empty<Finding>(),
                .. ownRecords.Where(record => !present.Any(nvdimm => Is(nvdimm, record)) && IsWanted(record)).SelectMany(Renamed),
                .. expectation.Named is { } words
                    ? MissingOf(words)
                    : MissingOf(ownRecords.Where(record => !replaced.Any(pair => pair.Old == record.Identity))),
            ],
            replaced);
    }

    /// <summary>Whether another device has the name or path of a device of the VM.</summary>
    private static bool HasItsPlace(PresentNvdimm nvdimm, LayoutRecord record) =>
        nvdimm.Device is { } device && (record.Name == device.Name || record.Path == nvdimm.Path) && !Is(nvdimm, record);

    /// <summary>
    /// Whether an NVDIMM is the recorded device: by a strong fact or, if neither has any, by its name. An unreadable one is compared by its
    /// path; that it is unreadable is reported anyway.
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

    /// <summary>
    /// The device that the host shows for a record: the same, or one that may be it because it has the UUID. Null if it shows none.
    /// </summary>
    private NvdimmDevice? NowOf(LayoutRecord record) =>
        devices.FirstOrDefault(device => Sameness.Compare(record.Facts, DeviceFacts.Of(device, record.Host)).IsSame)
        ?? devices.FirstOrDefault(device => record.Identity.Uuid is { } uuid && device.Uuid == uuid);

    /// <summary>Whether the host shows the recorded device, or the domain has it.</summary>
    private bool IsShown(LayoutRecord record) => NowOf(record) is not null || present.Any(nvdimm => Is(nvdimm, record));

    private bool IsWanted(LayoutRecord record) => expectation.Named is null || (record.Identity.Uuid is { } uuid && named.Contains(uuid));

    /// <summary>
    /// A warning with the device's new name, if it has one: the engine only knows names, so an administrator must tell it.
    /// </summary>
    private IEnumerable<Finding> Renamed(LayoutRecord record) => NowOf(record) is { } shown && shown.Name != record.Name
        ? [Finding.Warning(
            NvdimmCodes.DeviceRenamed, ("vm", VmText), ("identity", record.Identity.Key), ("was", record.Name), ("device", shown.Name))]
        : [];

    /// <summary>
    /// Whether an administrator has accepted this device in place of the recorded one. Nobody can accept the raw area of the recorded
    /// device, because all data is shifted there.
    /// </summary>
    private bool IsAccepted(PresentNvdimm nvdimm, LayoutRecord record) => nvdimm.Device is { Uuid: { } uuid } device
        && !Sameness.Compare(record.Facts, DeviceFacts.Of(device, record.Host)).IsRawArea
        && (named.Count > 0
            ? named.Contains(uuid)
            : expectation.AcceptedNames.TryGetValue(device.Name, out var accepted) && accepted == uuid);

    /// <summary>
    /// The finding that tells how to accept a device in place of the VM's own. None if the device is another VM's or may be a raw area; its
    /// evidence says more then. None either if the host shows the VM's own device, which the VM must then have.
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
    /// The name to accept if the host shows the VM's own device under another name: then the VM has both devices, or two names are swapped.
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
        ("uuid", nvdimm.Device!.Uuid is { } shown ? $"{shown:D}" : "none"));

    private static Guid? UuidOf(string word) => Guid.TryParseExact(word, "D", out var uuid) ? uuid : null;
}
