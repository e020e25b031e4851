using System.Globalization;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Finds problems that the engine does not report. The policy's own rules find what would refuse a start.</summary>
internal sealed class NvdimmAudit
{
    /// <summary>
    /// The statuses of a VM that was started and is not between states, so that its devices are certain (oVirt Engine 4.5,
    /// <c>VMStatus</c>).
    /// </summary>
    private static readonly VmStatus[] Running =
        [VmStatus.Up, VmStatus.Paused, VmStatus.NotResponding, VmStatus.PoweringDown, VmStatus.RebootInProgress];

    private static readonly string[] Asked =
        [NvdimmCodes.SilentlyDetached, NvdimmCodes.IdentityChanged, NvdimmCodes.DeviceAltered, NvdimmCodes.UsedByOtherVm];

    private readonly Dictionary<string, NvdimmHostDeviceListing> listings;
    private readonly Dictionary<string, HostDescription> descriptions;
    private readonly HostDeviceAudit inventory;
    private readonly List<(ManagedVm Vm, VmDescription Description)> vms;
    private readonly NvdimmVms described;
    private readonly SharedNvdimms shared;

    public NvdimmAudit(HostDeviceAudit inventory)
    {
        this.inventory = inventory;
        listings = inventory.Listings.Select(listing => NvdimmRequest.Own(listing, nameof(inventory)))
            .ToDictionary(listing => listing.Host.Id, StringComparer.Ordinal);
        descriptions = listings.ToDictionary(listing => listing.Key, listing => listing.Value.Description, StringComparer.Ordinal);
        described = new NvdimmVms(listings.Values);
        vms = [.. inventory.Vms.Select(vm => (vm, described.Of(vm)))];
        var describedIds = vms.Select(vm => vm.Vm.Id).ToHashSet(StringComparer.Ordinal);
        shared = new SharedNvdimms(
            vms.Select(vm => vm.Description).Concat(described.Except(describedIds)),
            listings.Values.ToDictionary(listing => listing.Host.Name, listing => descriptions[listing.Host.Id], StringComparer.Ordinal));
    }

    /// <summary>All findings: those of hosts in their order, then those of VMs in theirs, then those of records without a VM.</summary>
    public ValueList<AuditFinding> Findings() =>
    [
        .. inventory.Listings.SelectMany(OfHost),
        .. vms.SelectMany(vm => OfVm(vm.Vm, vm.Description)),
        .. inventory.GoneVms.SelectMany(OfGone),
    ];

    private static IEnumerable<AuditFinding> OfHost(HostDeviceListing listing) =>
    [
        .. listing.Findings.Where(finding => finding.Severity == Severity.Error)
            .Select(finding => new AuditFinding(finding) { Host = listing.Host }),
        .. from device in listing.Devices
           from finding in device.Findings
           where finding.Code is NvdimmCodes.NotOnHost or NvdimmCodes.NotReportedByEngine
           select new AuditFinding(finding) { Host = listing.Host, Device = device.Name },
    ];

    private IEnumerable<AuditFinding> OfGone(ManagedVm vm) => (described.Of(vm).ExpectedNvdimms ?? [])
        .Select(noted => Of(vm, noted.Name, Finding.Warning(NvdimmCodes.RecordWithoutVm, ("device", noted.Name), ("vm", vm.Name))));

    private IEnumerable<AuditFinding> OfVm(ManagedVm vm, VmDescription description)
    {
        HostReference[] pinned = [.. vm.PinnedHosts.DistinctBy(host => host.Id, StringComparer.Ordinal)];
        var listing = pinned is [var single] ? listings.GetValueOrDefault(single.Id) : null;
        var request = new PolicyRequest
        {
            Operation = HostDeviceOperation.Start,
            Vm = description,
            Host = pinned is [var on] ? descriptions.GetValueOrDefault(on.Id) : null,
            OtherVms = shared.With(description),
        };
        var ownNvdimms = OwnNvdimms.Of(description);
        var rules = NvdimmPolicy.Check(request, rule => Asked.Contains(rule.Code, StringComparer.Ordinal)).Findings;
        var host = pinned is [var only] ? only : null;
        return
        [
            .. rules.Where(finding => finding.Code == NvdimmCodes.SilentlyDetached).Select(finding => Of(vm, finding["device"]!, finding)),
            .. ownNvdimms.Configured.SelectMany(attached =>
                OfAttachment(vm, attached.Name, pinned, listing, [.. rules.Where(finding => IsOf(finding, attached.Name))])),
            .. rules.Where(finding => finding.Code == NvdimmCodes.UsedByOtherVm)
                .Select(finding => Of(vm, finding["device"]!, finding, host)),
        ];
    }

    /// <summary>
    /// Whether a rule's finding concerns this attachment alone. Findings of shared devices are listed after those of all attachments.
    /// </summary>
    private static bool IsOf(Finding finding, string device) => finding.Code is NvdimmCodes.IdentityChanged or NvdimmCodes.DeviceAltered
        && string.Equals(finding["device"], device, StringComparison.Ordinal);

    private static IEnumerable<AuditFinding> OfAttachment(
        ManagedVm vm, string device, HostReference[] pinned, NvdimmHostDeviceListing? listing, IReadOnlyCollection<Finding> rules)
    {
        if (pinned is not [var host])
        {
            var count = pinned.Length.ToString(CultureInfo.InvariantCulture);
            var finding = Finding.Error(NvdimmCodes.ConfiguredWithoutHost, ("vm", vm.Name), ("device", device), ("count", count));
            return [Of(vm, device, finding)];
        }

        return listing is null
            ? [Of(vm, device, NvdimmListings.UnavailableBecause(host.Name, "the engine does not list the host"), host)]
            : MissingOnHost(vm, device, listing)
                .Concat(rules)
                .Concat(NotInUse(vm, device, listing))
                .Select(finding => Of(vm, device, finding, host));
    }

    /// <summary>
    /// Reports that the host does not have the device, or that its listing is incomplete. A host that could not be asked has a finding of
    /// its own.
    /// </summary>
    private static IEnumerable<Finding> MissingOnHost(ManagedVm vm, string device, NvdimmHostDeviceListing listing) =>
        listing.Devices.Any(listed => listed is NvdimmHostDevice { Namespace: not null }
                && string.Equals(listed.Name, device, StringComparison.Ordinal))
            || listing.Findings.Any(finding => finding.Severity == Severity.Error)
            ? []
            : listing.IsComplete
                ? [Finding.Error(NvdimmCodes.ConfiguredDeviceMissing, ("vm", vm.Name), ("device", device), ("host", listing.Host.Name))]
                : [Finding.Warning(NvdimmCodes.ListingIncomplete, ("host", listing.Host.Name))];

    private static IEnumerable<Finding> NotInUse(ManagedVm vm, string device, NvdimmHostDeviceListing listing) =>
        listing.Reported is { } reported && Running.Contains(vm.Status) && !reported.Any(report => IsUse(report, device, vm.Id))
            ? [Finding.Error(NvdimmCodes.RunningWithoutDevice, ("vm", vm.Name), ("device", device))]
            : [];

    private static bool IsUse(ReportedHostDevice report, string device, string vm) =>
        string.Equals(report.Name, device, StringComparison.Ordinal) && string.Equals(report.UsedByVm, vm, StringComparison.Ordinal);

    private static AuditFinding Of(ManagedVm vm, string device, Finding finding, HostReference? host = null) =>
        new(finding) { VmId = vm.Id, Device = device, Host = host };
}
