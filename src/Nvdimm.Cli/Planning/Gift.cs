using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Sysfs;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Cli.Planning;

/// <summary>A device that is to be handed over, and what the one who does it has to know.</summary>
/// <param name="Device">The device.</param>
/// <param name="Before">Whose it is; null where it is nobody's.</param>
/// <param name="To">Whose it shall be; null to release it.</param>
/// <param name="Holds">What is on it, in words.</param>
/// <param name="Distinct">The records that may be of this device, and are not: that is what is decided.</param>
/// <param name="Findings">What speaks against it; errors refuse it.</param>
internal sealed record Gift(
    KnownDevice Device, DeviceOwner? Before, DeviceOwner? To, ValueList<string> Holds, ValueList<DeviceIdentity> Distinct, ValueList<Finding> Findings)
{
    /// <summary>Whether it cannot be handed over as it is.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>Looks at the device and at what the ledger has.</summary>
    public static Gift Of(ToolEnvironment environment, LayoutLedger ledger, KnownDevice device, DeviceOwner? to)
    {
        var listing = ledger.List();
        var record = listing.Records.FirstOrDefault(record => record.Identity == device.Identity);
        if (new HostDevices(environment.Root).Find(device.Path) is not { } present || DeviceIdentity.Of(present) != device.Identity)
        {
            return new Gift(device, record?.Owner, to, [], [], [.. listing.Findings]);
        }

        var labels = new LabelProbe(environment.Root).Survey(present, new LabelSearch { Scope = LabelSearchScope.Everywhere });
        var content = new ContentProbe(environment.Root).Survey(present, []);
        var facts = DeviceFacts.Of(present, ledger.Host) with
        {
            LabelUuids = labels.IsReadable ? labels.Found.SelectMany(found => found.Area.Labels).Select(label => label.Uuid).Distinct().ToValueList() : null,
            LabelHash = labels.Found is [var first, ..] ? first.Area.Hash : null,
            ContentUuid = content.Found.Select(found => found.Uuid).FirstOrDefault(uuid => uuid is not null),
        };
        var others = listing.Records
            .Where(other => other.Identity != device.Identity)
            .Select(other => (Record: other, Sameness: Sameness.Compare(other.Facts, facts)))
            .Where(pair => !pair.Sameness.IsOther)
            .ToList();
        var raw = others.Where(pair => pair.Sameness.IsRawArea && present.RawUuid != pair.Record.Facts.Uuid)
            .Select(pair => pair.Record.FellBack(device.Name));
        var distinct = others.Select(pair => pair.Record.Identity).ToValueList();
        return new Gift(device, record?.Owner, to, Words(labels, content), distinct, [.. listing.Findings, .. raw]);
    }

    /// <summary>Hands it over.</summary>
    public LayoutRecordResult Give(LayoutLedger ledger) => ledger.Give(Device.Identity, Device.Name, Device.Path, To, To is null ? [] : Distinct);

    private static ValueList<string> Words(LabelSurvey labels, ContentSurvey content) =>
    [
        .. labels.Found.Select(found => $"labels of a guest at {found.Offset.Bytes}, with {found.Area.Labels.Count} namespaces"),
        .. content.Found.Select(found => found.ToString()),
        .. new[] { labels.UnreadableReason, content.UnreadableReason }.OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(reason => $"what cannot be read: {reason}"),
    ];
}
