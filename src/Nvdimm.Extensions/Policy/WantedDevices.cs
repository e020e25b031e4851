using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>Finds out which devices an operation is about; a device that is named twice counts once.</summary>
/// <param name="attachments">The NVDIMMs that the VM has.</param>
/// <param name="hostDevices">The devices of the host.</param>
internal sealed class WantedDevices(ValueList<AttachedNvdimm> attachments, ValueList<NvdimmDevice> hostDevices)
{
    /// <summary>All that the VM has. The engine knows an attachment by its kernel name alone, so nothing else is compared.</summary>
    public ValueList<WantedDevice> Attached() => Distinct(attachments.Select(OfAttachment));

    /// <summary>Devices to add: what the host calls so.</summary>
    public ValueList<WantedDevice> ToAdd(ValueList<string> names) => Distinct(names.Select(OfHost));

    /// <summary>Devices to remove: what the VM calls so, and otherwise what the host calls so.</summary>
    public ValueList<WantedDevice> ToRemove(ValueList<string> names) =>
        Distinct(names.Select(name => AttachmentOf(name, AsUuid(name)) is { } attached ? OfAttachment(attached) : OfHost(name)));

    private static ValueList<WantedDevice> Distinct(IEnumerable<WantedDevice> devices) =>
        devices.DistinctBy(device => device.Name, StringComparer.Ordinal).ToValueList();

    private static Guid? AsUuid(string text) => Guid.TryParseExact(text, "D", out var uuid) ? uuid : null;

    private WantedDevice OfAttachment(AttachedNvdimm attached)
    {
        var matches = hostDevices.Where(device => string.Equals(device.Name, attached.Name, StringComparison.Ordinal)).ToValueList();
        return new WantedDevice(attached.Name, matches.Count == 1 ? matches[0].Uuid : attached.Uuid, matches, attached);
    }

    private WantedDevice OfHost(string text)
    {
        var matches = DeviceSelector.Matches(hostDevices, text);
        var (name, uuid) = matches.Count == 1 ? (matches[0].Name, matches[0].Uuid) : (text, AsUuid(text));
        return new WantedDevice(name, uuid, matches, AttachmentOf(name, uuid));
    }

    private AttachedNvdimm? AttachmentOf(string name, Guid? uuid) =>
        attachments.FirstOrDefault(attached => string.Equals(attached.Name, name, StringComparison.Ordinal))
        ?? attachments.FirstOrDefault(attached => uuid is not null && attached.Uuid == uuid);
}
