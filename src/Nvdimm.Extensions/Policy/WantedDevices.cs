using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Policy;

/// <summary>Finds the devices that an operation concerns. A device that is named twice counts once.</summary>
/// <param name="own">The NVDIMMs that the VM has or should have; null without a VM.</param>
/// <param name="hostDevices">The devices of the host.</param>
/// <param name="host">The name of the host; null if it is not known.</param>
internal sealed class WantedDevices(OwnNvdimms? own, ValueList<NvdimmDevice> hostDevices, string? host)
{
    private readonly ValueList<AttachedNvdimm> configured = own?.Configured ?? [];
    private readonly ValueList<AttachedNvdimm> missing = own?.Missing ?? [];

    /// <summary>All configured devices of the VM. They are matched by kernel name alone, since the engine knows only that.</summary>
    public ValueList<WantedDevice> Attached() => Distinct(configured.Select(OfAttachment));

    /// <summary>All devices that the VM's configuration has, and all that it should have.</summary>
    public ValueList<WantedDevice> Own() => Distinct(configured.Select(OfAttachment).Concat(missing.Select(OfMissing)));

    /// <summary>The devices to add: the host's devices that the names select.</summary>
    public ValueList<WantedDevice> ToAdd(ValueList<string> names) => Distinct(names.Select(OfHost));

    /// <summary>
    /// The devices to remove. The name of an attachment that the VM has, or should have, means this attachment. Any other text means a
    /// device: the attachment that was made for it, and one that has its present name. A UUID with which several attachments are recorded,
    /// such as a device's and its copy's, does not say which is meant.
    /// </summary>
    public ValueList<WantedDevice> ToRemove(ValueList<string> names) => Distinct(names.SelectMany(OfVm));

    private static ValueList<WantedDevice> Distinct(IEnumerable<WantedDevice> devices) =>
        devices.DistinctBy(device => (device.Name, device.IsMissing ? device.Uuid : null)).ToValueList();

    private static Guid? AsUuid(string text) => Guid.TryParseExact(text, "D", out var uuid) ? uuid : null;

    /// <summary>Finds an attachment by name. If several had the name, the latest is returned.</summary>
    private static AttachedNvdimm? Named(ValueList<AttachedNvdimm> attachments, string name) =>
        attachments.LastOrDefault(attached => string.Equals(attached.Name, name, StringComparison.Ordinal));

    private static AttachedNvdimm? Identified(ValueList<AttachedNvdimm> attachments, Guid? uuid) =>
        attachments.FirstOrDefault(attached => uuid is not null && attached.Uuid == uuid);

    private WantedDevice OfAttachment(AttachedNvdimm attached)
    {
        var matches = hostDevices.Where(device => string.Equals(device.Name, attached.Name, StringComparison.Ordinal)).ToValueList();
        return new WantedDevice(attached.Name, matches.Count == 1 ? matches[0].Uuid : attached.Uuid, matches, attached);
    }

    private WantedDevice OfMissing(AttachedNvdimm attached) =>
        new(attached.Name, attached.Uuid, hostDevices.Where(device => IsSame(attached, device)).ToValueList(), attached, IsMissing: true);

    private IEnumerable<WantedDevice> OfVm(string text)
    {
        if (Named(configured, text) is { } attached)
        {
            // Without a record it may be any device that the VM had under this name, on whichever host.
            var former = attached.IsRecorded ? [] : missing.Where(own => string.Equals(own.Name, text, StringComparison.Ordinal));
            return former.Select(OfMissing).Prepend(OfAttachment(attached));
        }

        if (Named(missing, text) is { } expected)
        {
            return [OfMissing(expected)];
        }

        var uuid = AsUuid(text);
        var wanted = OfHost(text);
        var recordedWithUuid = configured.Where(own => uuid is not null && own.Uuid == uuid).ToValueList();
        if (recordedWithUuid.Count > 1)
        {
            return [wanted with { Attached = recordedWithUuid[0], Choices = recordedWithUuid }];
        }

        if (Recorded(uuid, wanted.Device) is { } recorded)
        {
            return wanted.Matches.Where(device => IsSame(recorded, device)).Select(Bearing).OfType<AttachedNvdimm>()
                .Prepend(recorded)
                .Select(OfAttachment);
        }

        var lost = Identified(missing, uuid);
        if (lost is null && Bearing(wanted.Device) is { } bearing)
        {
            return [OfAttachment(bearing)];
        }

        lost ??= missing.FirstOrDefault(own => wanted.Device is { } device && IsSame(own, device));
        return [lost is null ? wanted with { Attached = null } : OfMissing(lost)];
    }

    /// <summary>
    /// The attachment whose record says that it is of a device. It may have the device's former name. If the device that has the
    /// attachment's name is still the recorded one, the device that was asked for is a copy with the same UUID.
    /// </summary>
    private AttachedNvdimm? Recorded(Guid? uuid, NvdimmDevice? device) => Identified(configured, uuid)
        ?? configured.FirstOrDefault(own => device is not null && IsSame(own, device) && !hostDevices.Any(other =>
            string.Equals(other.Name, own.Name, StringComparison.Ordinal) && IsSame(own, other)));

    /// <summary>
    /// The attachment that has a device's present name, unless a record says that it is of another device, which had the name before.
    /// </summary>
    private AttachedNvdimm? Bearing(NvdimmDevice? device) =>
        device is not null && Named(configured, device.Name) is { } attached && attached.ChangeTo(device, host) is null ? attached : null;

    private WantedDevice OfHost(string text)
    {
        var matches = DeviceSelector.Matches(hostDevices, text);
        var (name, uuid) = matches.Count == 1 ? (matches[0].Name, matches[0].Uuid) : (text, AsUuid(text));
        var isByName = string.Equals(text, name, StringComparison.Ordinal);
        return new WantedDevice(name, uuid, matches, Named(configured, name) ?? Identified(configured, uuid), IsByName: isByName);
    }

    private bool IsSame(AttachedNvdimm attached, NvdimmDevice device) =>
        Sameness.Compare(attached.Facts, DeviceFacts.Of(device, host)).IsSame;
}

/// <summary>A device that an operation concerns.</summary>
/// <param name="Name">The kernel name if it is known, otherwise the name that was asked for.</param>
/// <param name="Uuid">The device's present UUID, otherwise the one that was recorded or asked for; null if there is none.</param>
/// <param name="Matches">The host's devices that match.</param>
/// <param name="Attached">The VM's own attachment of the device; null if it has none.</param>
/// <param name="IsMissing">Whether the VM should have the device, but its configuration no longer has it.</param>
/// <param name="IsByName">Whether the device was asked for by its kernel name, which may mean the device that had the name before.</param>
internal sealed record WantedDevice(
    string Name, Guid? Uuid, ValueList<NvdimmDevice> Matches, AttachedNvdimm? Attached, bool IsMissing = false, bool IsByName = false)
{
    /// <summary>The VM's attachments among which the text does not decide; empty if it does.</summary>
    public ValueList<AttachedNvdimm> Choices { get; init; } = [];

    /// <summary>The host's device; null unless exactly one matches.</summary>
    public NvdimmDevice? Device => Matches.Count == 1 ? Matches[0] : null;

    /// <summary>The facts that are known of the device, for comparison with devices of other VMs.</summary>
    /// <param name="host">The host of the device; null if it is not known.</param>
    public DeviceFacts FactsOn(string? host) => Device is { } device
        ? DeviceFacts.Of(device, host)
        : (Attached?.Facts ?? new DeviceFacts(Name)) with { Name = Name, Uuid = Uuid, Host = Attached?.RecordedFacts?.Host ?? host };
}
