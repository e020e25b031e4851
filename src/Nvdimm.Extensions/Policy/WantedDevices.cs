using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Policy;

/// <summary>Finds out which devices an operation is about; a device that is named twice counts once.</summary>
/// <param name="own">The NVDIMMs that the VM has or should have; null without a VM.</param>
/// <param name="hostDevices">The devices of the host.</param>
/// <param name="host">The name of the host; null where it is not known.</param>
internal sealed class WantedDevices(OwnNvdimms? own, ValueList<NvdimmDevice> hostDevices, string? host)
{
    private readonly ValueList<AttachedNvdimm> configured = own?.Configured ?? [];
    private readonly ValueList<AttachedNvdimm> missing = own?.Missing ?? [];

    /// <summary>All that the VM has configured. The engine knows an attachment by its kernel name alone, so nothing else is compared.</summary>
    public ValueList<WantedDevice> Attached() => Distinct(configured.Select(OfAttachment));

    /// <summary>All that the VM has configured, and all that it should have.</summary>
    public ValueList<WantedDevice> Own() => Distinct(configured.Select(OfAttachment).Concat(missing.Select(OfMissing)));

    /// <summary>Devices to add: what the host calls so.</summary>
    public ValueList<WantedDevice> ToAdd(ValueList<string> names) => Distinct(names.Select(OfHost));

    /// <summary>Devices to remove: what the VM calls so, then what it should have under that name, and otherwise what the host calls so.</summary>
    public ValueList<WantedDevice> ToRemove(ValueList<string> names) => Distinct(names.Select(OfVm));

    private static ValueList<WantedDevice> Distinct(IEnumerable<WantedDevice> devices) =>
        devices.DistinctBy(device => (device.Name, device.IsMissing ? device.Uuid : null)).ToValueList();

    private static Guid? AsUuid(string text) => Guid.TryParseExact(text, "D", out var uuid) ? uuid : null;

    /// <summary>By name, then by uuid; of several that had one name the latest.</summary>
    private static AttachedNvdimm? Find(ValueList<AttachedNvdimm> attachments, string name, Guid? uuid) =>
        attachments.LastOrDefault(attached => string.Equals(attached.Name, name, StringComparison.Ordinal))
        ?? attachments.FirstOrDefault(attached => uuid is not null && attached.Uuid == uuid);

    private WantedDevice OfAttachment(AttachedNvdimm attached)
    {
        var matches = hostDevices.Where(device => string.Equals(device.Name, attached.Name, StringComparison.Ordinal)).ToValueList();
        return new WantedDevice(attached.Name, matches.Count == 1 ? matches[0].Uuid : attached.Uuid, matches, attached);
    }

    private WantedDevice OfMissing(AttachedNvdimm attached) =>
        new(attached.Name, attached.Uuid, hostDevices.Where(device => IsSame(attached, device)).ToValueList(), attached, IsMissing: true);

    private WantedDevice OfVm(string text)
    {
        var uuid = AsUuid(text);
        if (Find(configured, text, uuid) is { } attached)
        {
            return OfAttachment(attached);
        }

        if (Find(missing, text, uuid) is { } expected)
        {
            return OfMissing(expected);
        }

        // A device that has taken the name of one that the VM has is not what the VM has.
        var found = OfHost(text);
        return found.Device is not { } device ? found
            : found.Attached is { } known && known.ChangeTo(device, host) is null ? found
            : missing.FirstOrDefault(own => IsSame(own, device)) is { } same ? OfMissing(same)
            : found with { Attached = null };
    }

    private WantedDevice OfHost(string text)
    {
        var matches = DeviceSelector.Matches(hostDevices, text);
        var (name, uuid) = matches.Count == 1 ? (matches[0].Name, matches[0].Uuid) : (text, AsUuid(text));
        return new WantedDevice(name, uuid, matches, Find(configured, name, uuid), IsByName: string.Equals(text, name, StringComparison.Ordinal));
    }

    private bool IsSame(AttachedNvdimm attached, NvdimmDevice device) => Sameness.Compare(attached.Facts, DeviceFacts.Of(device, host)).IsSame;
}
