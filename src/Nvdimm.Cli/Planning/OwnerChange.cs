using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Cli.Planning;

/// <summary>A device that is to be assigned to a VM, with what the administrator must know first.</summary>
/// <param name="Device">The device.</param>
/// <param name="Before">The present owner; null if there is none.</param>
/// <param name="To">The new owner; null to release the device.</param>
/// <param name="Holds">The content of the device, in words.</param>
/// <param name="Decision">The decisions that the assignment includes besides the owner.</param>
/// <param name="Findings">The objections; an error refuses the assignment.</param>
internal sealed record OwnerChange(
    KnownDevice Device,
    DeviceOwner? Before,
    DeviceOwner? To,
    ValueList<string> Holds,
    OwnerChangeDecision Decision,
    ValueList<Finding> Findings)
{
    /// <summary>Whether the assignment is refused.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>Examines the device and the ledger.</summary>
    public static OwnerChange Of(ToolEnvironment environment, LayoutLedger ledger, KnownDevice device, DeviceOwner? to)
    {
        var listing = ledger.List();
        var owner = listing.Records.FirstOrDefault(record => record.Identity == device.Identity)?.Owner;
        if (new HostDevices(environment.Root).Find(device.Path) is not { } present || DeviceIdentity.Of(present) != device.Identity)
        {
            return new OwnerChange(device, owner, to, [], OwnerChangeDecision.Nothing, listing.Findings);
        }

        var labels = new LabelProbe(environment.Root).Survey(present, new LabelSearch { Scope = LabelSearchScope.Everywhere });
        var content = new ContentProbe(environment.Root).Survey(present, []);
        var facts = StartEvidence.FactsOf(present, ledger.Host, labels, content, listing.Records);
        var shown = new SysfsNvdimmReader(environment.Root).Survey().Devices;
        var decision = OwnerChangeDecision.Of(device.Identity, facts, listing.Records, shown, ledger.Host, to);
        return new OwnerChange(device, owner, to, Words(labels, content), decision, [.. listing.Findings, .. decision.Refusals]);
    }

    /// <summary>Assigns the device to its new owner in the ledger.</summary>
    public LayoutRecordResult Give(LayoutLedger ledger) =>
        ledger.Give(Device.Identity, Device.Name, Device.Path, To, Decision.Distinct, Decision.Replaced);

    private static ValueList<string> Words(LabelSurvey labels, ContentSurvey content) =>
    [
        .. labels.Found.Select(found => $"labels of a guest at {found.Offset.Bytes}, with {found.Area.Labels.Count} namespaces"),
        .. content.Found.Select(found => found.ToString()),
        .. new[] { labels.UnreadableReason, content.UnreadableReason }.OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(reason => $"what cannot be read: {reason}"),
    ];
}
