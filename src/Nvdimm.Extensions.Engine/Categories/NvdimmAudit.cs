using System.Globalization;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Looks for what the engine does not tell.</summary>
internal sealed class NvdimmAudit
{
    /// <summary>
    /// A VM in one of these has been started and is not on its way: what it uses is settled (oVirt Engine 4.5, <c>VMStatus</c>).
    /// </summary>
    private static readonly VmStatus[] Running = [VmStatus.Up, VmStatus.Paused, VmStatus.NotResponding, VmStatus.PoweringDown, VmStatus.RebootInProgress];

    private readonly Dictionary<string, NvdimmHostDeviceListing> listings;
    private readonly HostDeviceAudit inventory;
    private readonly List<(ManagedVm Vm, VmDescription Description)> vms;

    public NvdimmAudit(HostDeviceAudit inventory)
    {
        this.inventory = inventory;
        listings = inventory.Listings.Select(NvdimmRequest.Own).ToDictionary(listing => listing.Host.Id, StringComparer.Ordinal);
        vms = [.. inventory.Vms.Select(vm => (vm, WithNotedIdentities(NvdimmRequest.Vm(vm))))];
    }

    /// <summary>All findings: of hosts in their order, then of VMs in theirs.</summary>
    public ValueList<AuditFinding> Findings() =>
    [
        .. inventory.Listings.SelectMany(OfHost),
        .. vms.SelectMany(vm => OfVm(vm.Vm, vm.Description)),
        .. new SharedNvdimms(vms, listings).Findings(),
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

    /// <summary>The engine tells no uuid of an attachment; where somebody noted one for the name, that is it.</summary>
    private static VmDescription WithNotedIdentities(VmDescription vm) => vm with
    {
        Nvdimms = vm.Nvdimms
            .Select(attached => attached.Uuid is null
                && vm.ExpectedNvdimms?.FirstOrDefault(noted => string.Equals(noted.Name, attached.Name, StringComparison.Ordinal)) is { } noted ? noted : attached)
            .ToValueList(),
    };

    private IEnumerable<AuditFinding> OfVm(ManagedVm vm, VmDescription description)
    {
        foreach (var expected in (description.ExpectedNvdimms ?? []).Where(expected => !description.Nvdimms.Any(attached => IsSame(attached, expected))))
        {
            yield return Of(vm, expected, Finding.Error(NvdimmCodes.SilentlyDetached, ("vm", vm.Name), ("device", expected.Name)));
        }

        foreach (var attached in description.Nvdimms)
        {
            if (vm.PinnedHosts.DistinctBy(host => host.Id, StringComparer.Ordinal).ToArray() is not [var host])
            {
                var count = vm.PinnedHosts.Count.ToString(CultureInfo.InvariantCulture);
                yield return Of(vm, attached, Finding.Error(NvdimmCodes.ConfiguredWithoutHost, ("vm", vm.Name), ("device", attached.Name), ("count", count)));
            }
            else if (listings.GetValueOrDefault(host.Id) is { } listing)
            {
                foreach (var finding in OfAttachment(vm, attached, listing))
                {
                    yield return Of(vm, attached, finding, host);
                }
            }
        }
    }

    private static IEnumerable<Finding> OfAttachment(ManagedVm vm, AttachedNvdimm attached, NvdimmHostDeviceListing listing)
    {
        var device = listing.Description.Devices.FirstOrDefault(device => string.Equals(device.Name, attached.Name, StringComparison.Ordinal));
        if (device is null && listing.IsComplete)
        {
            yield return Finding.Error(NvdimmCodes.ConfiguredDeviceMissing, ("vm", vm.Name), ("device", attached.Name), ("host", listing.Host.Name));
        }

        if (device is not null && attached.Uuid is { } noted && device.Uuid != noted)
        {
            yield return Finding.Error(
                NvdimmCodes.IdentityChanged, ("device", attached.Name), ("attachedUuid", $"{noted}"), ("uuid", device.Uuid?.ToString() ?? "none"));
        }

        if (listing.Reported is { } reported && Running.Contains(vm.Status) && !reported.Any(report => IsUse(report, attached.Name, vm.Id)))
        {
            yield return Finding.Error(NvdimmCodes.RunningWithoutDevice, ("vm", vm.Name), ("device", attached.Name));
        }
    }

    private static bool IsUse(ReportedHostDevice report, string device, string vm) =>
        string.Equals(report.Name, device, StringComparison.Ordinal) && string.Equals(report.UsedByVm, vm, StringComparison.Ordinal);

    private static bool IsSame(AttachedNvdimm attached, AttachedNvdimm expected) => string.Equals(attached.Name, expected.Name, StringComparison.Ordinal)
        || (attached.Uuid is not null && attached.Uuid == expected.Uuid);

    private static AuditFinding Of(ManagedVm vm, AttachedNvdimm attached, Finding finding, HostReference? host = null) =>
        new(finding) { VmId = vm.Id, Device = attached.Name, Host = host };
}
