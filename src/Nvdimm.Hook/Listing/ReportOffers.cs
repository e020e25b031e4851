using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Hook.Listing;

/// <summary>Decides whether a device is offered to the engine.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="records">The ledger's records of this host.</param>
/// <param name="listed">All namespaces of the host.</param>
/// <param name="root">The folder below which <c>sys</c> and <c>proc</c> are.</param>
internal sealed class ReportOffers(
    HookConfiguration configuration, ValueList<LayoutRecord> records, ValueList<NvdimmDevice> listed, string root)
{
    private readonly ValueList<DeviceIdentity> shown = listed.Select(DeviceIdentity.Of).ToValueList();
    private readonly List<(string Name, Guid Uuid)> toAccept = [];

    /// <summary>
    /// The one configuration line that would offer every device withheld for its name; null if no device was, or if no line can do it.
    /// </summary>
    public Finding? NamesToAccept => AcceptedNames.Advice(configuration.AcceptedNames, toAccept);

    /// <summary>
    /// Whether to offer a device, with the reasons if not, and with a warning if its use cannot be read. A name that a VM's device had is
    /// not offered for another device, even if the engine then detaches it: the engine knows devices only by name, and would give one VM
    /// another VM's data. A device that no VM can use is not offered either, except to the VM that had it: the engine would detach it for
    /// good. The start is refused while the device is unusable.
    /// </summary>
    public (bool IsOffered, ValueList<Finding> Findings) Decide(NvdimmDevice device)
    {
        var identity = DeviceIdentity.Of(device);
        var record = records.FirstOrDefault(candidate => candidate.Identity == identity);
        if (RawAreaOf(device) is not null)
        {
            return (true, []);
        }

        if (Moved(device, identity, record) is { } moved)
        {
            var changed = Finding.Warning(
                NvdimmCodes.IdentityChanged, ("device", device.Name), ("attachedUuid", moved.Identity.Key),
                ("uuid", device.Uuid?.ToString("D") ?? "none"));
            return (false, [changed, Withheld(device, $"its name was that of the device of VM {moved.Owner}; {Advice(device, moved)}")]);
        }

        var (reasons, unknown) = Unusable(device);
        return reasons.Count == 0 || configuration.OffersUnusable || record?.Owner is not null
            ? (true, unknown)
            : (false, [.. unknown, Withheld(device, string.Join(' ', reasons.Select(reason => reason.Message)).TrimEnd('.'))]);
    }

    /// <summary>
    /// What the administrator can do so that the hook offers a device under a name that another device had. It never advises to remove a
    /// record to free a name: the recorded device would then belong to no VM.
    /// </summary>
    private string Advice(NvdimmDevice device, LayoutRecord moved)
    {
        var renamed = listed.FirstOrDefault(other => Sameness.Compare(moved.Facts, DeviceFacts.Of(other)).IsSame);
        if (device.Uuid is { } accepted)
        {
            toAccept.Add((device.Name, accepted));
        }

        return (device.Uuid, renamed) switch
        {
            ({ } uuid, null) => $"accept-names with {device.Name}:{uuid:D} offers it",
            ({ } uuid, _) =>
                $"that one is {renamed.Name} now, which VM {moved.Owner} has to have; "
                + $"accept-names with {device.Name}:{uuid:D} offers this one",
            (null, null) => $"it is offered once that VM has another device, or none ('nvdimm layout give {moved.Identity} --none')",
            (null, _) => $"that one is {renamed.Name} now; it is offered once VM {moved.Owner} has started with that",
        };
    }

    /// <summary>
    /// The record of the VM's device whose raw area this may be, because its superblock was not read or its driver is not bound. The entry
    /// stays in the report as last reported, so that the engine keeps the attachment; no VM can start with it.
    /// </summary>
    public LayoutRecord? RawAreaOf(NvdimmDevice device)
    {
        var facts = DeviceFacts.Of(device);
        return device.RawUuid is null || device.Uuid is null
            ? records.FirstOrDefault(record => record.IsExpected && record.MayHaveRawArea(facts, shown))
            : null;
    }

    /// <summary>
    /// The VM's device that had this name before; null if the name is this device's own, or accepted for it. A device's own name is the one
    /// under which a VM last used it, whichever other device also had it: the other record may be old.
    /// </summary>
    private LayoutRecord? Moved(NvdimmDevice device, DeviceIdentity identity, LayoutRecord? record)
    {
        var isOwn = record is { IsExpected: true } && record.Name == device.Name;
        var isAccepted = configuration.AcceptedNames.TryGetValue(device.Name, out var uuid) && uuid == device.Uuid;
        return isOwn || isAccepted
            ? null
            : records.Where(record => record.IsExpected && record.Identity != identity && record.Name == device.Name)
                .MaxBy(record => record.LastUsed);
    }

    private static Finding Withheld(NvdimmDevice device, string reason) =>
        Finding.Warning(NvdimmCodes.HookReportWithheld, ("device", device.Name), ("reason", reason));

    /// <summary>Why no VM can use a device; and a warning, without a reason, if its use cannot be read.</summary>
    private (ValueList<Finding> Reasons, ValueList<Finding> Unknown) Unusable(NvdimmDevice device)
    {
        try
        {
            var used = device.Path is { } path && device.Mode != NamespaceMode.Unknown
                ? device.WithUse(new SysfsDeviceUseReader(root).Read(path))
                : device;
            return (used.Findings.Where(finding => finding.Severity == Severity.Error).ToValueList(), []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ([], [DeviceUse.Unknown(device.Name, failure.Message, Severity.Warning)]);
        }
    }
}
