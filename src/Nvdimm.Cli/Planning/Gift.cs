using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Cli.Planning;

/// <summary>A device that is to be handed over, and what the one who does it has to know.</summary>
/// <param name="Device">The device.</param>
/// <param name="Before">Whose it is; null where it is nobody's.</param>
/// <param name="To">Whose it shall be; null to release it.</param>
/// <param name="Holds">What is on it, in words.</param>
/// <param name="Verdict">What is decided beside the owner.</param>
/// <param name="Findings">What speaks against it; errors refuse it.</param>
internal sealed record Gift(
    KnownDevice Device, DeviceOwner? Before, DeviceOwner? To, ValueList<string> Holds, GiftVerdict Verdict, ValueList<Finding> Findings)
{
    /// <summary>Whether it cannot be handed over as it is.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>Looks at the device and at what the ledger has.</summary>
    public static Gift Of(ToolEnvironment environment, LayoutLedger ledger, KnownDevice device, DeviceOwner? to)
    {
        var listing = ledger.List();
        var owner = listing.Records.FirstOrDefault(record => record.Identity == device.Identity)?.Owner;
        if (new HostDevices(environment.Root).Find(device.Path) is not { } present || DeviceIdentity.Of(present) != device.Identity)
        {
            return new Gift(device, owner, to, [], GiftVerdict.Nothing, listing.Findings);
        }

        var labels = new LabelProbe(environment.Root).Survey(present, new LabelSearch { Scope = LabelSearchScope.Everywhere });
        var content = new ContentProbe(environment.Root).Survey(present, []);
        var facts = StartEvidence.FactsOf(present, ledger.Host, labels, content, listing.Records);
        var shown = new SysfsNvdimmReader(environment.Root).Survey().Devices;
        var verdict = GiftVerdict.Judge(device.Identity, facts, listing.Records, shown, ledger.Host, to);
        return new Gift(device, owner, to, Words(labels, content), verdict, [.. listing.Findings, .. verdict.Refusals]);
    }

    /// <summary>Hands it over.</summary>
    public LayoutRecordResult Give(LayoutLedger ledger) =>
        ledger.Give(Device.Identity, Device.Name, Device.Path, To, Verdict.Distinct, Verdict.Replaced);

    private static ValueList<string> Words(LabelSurvey labels, ContentSurvey content) =>
    [
        .. labels.Found.Select(found => $"labels of a guest at {found.Offset.Bytes}, with {found.Area.Labels.Count} namespaces"),
        .. content.Found.Select(found => found.ToString()),
        .. new[] { labels.UnreadableReason, content.UnreadableReason }.OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(reason => $"what cannot be read: {reason}"),
    ];
}
