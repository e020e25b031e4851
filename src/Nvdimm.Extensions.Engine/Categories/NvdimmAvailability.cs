using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Which devices of a listing a VM can have.</summary>
internal static class NvdimmAvailability
{
    /// <summary>
    /// Asks the policy about every device, also about those that only the engine reports: a VM may have such a one. An error of the listing itself
    /// speaks against every device.
    /// </summary>
    public static ValueList<HostDeviceAvailability> Of(
        NvdimmHostDeviceListing listing, ValueList<ManagedVm> vms, GuestArchitecture architecture, SizingStrategy strategy)
    {
        var described = new NvdimmVms([listing]);
        var reported = listing.Devices.OfType<NvdimmHostDevice>().Where(device => device.Namespace is null);
        var errors = listing.Findings.Where(finding => finding.Severity == Severity.Error).ToArray();
        var known = listing.Description.Devices.Select(device => device with { Findings = [.. device.Findings, .. errors] });
        var judged = DeviceAvailability.Of(new AvailabilityRequest
        {
            Host = listing.Description with
            {
                Devices = [.. known, .. reported.Select(device => new NvdimmDevice { Name = device.Name, Findings = device.Findings })],
            },
            Vms = [.. vms.Select(described.Of), .. described.OthersThan(vms.Select(vm => vm.Id).ToHashSet(StringComparer.Ordinal))],
            Architecture = architecture,
            Strategy = strategy,
        });

        // Both are in the stable order of the names, so that devices of one name stay apart.
        return listing.Devices.Zip(judged, (device, availability) => new HostDeviceAvailability(device, availability.State, availability.Text)
        {
            Users = availability.Users,
            Reasons = availability.Reasons,
            GuestSize = availability.GuestSize,
        }).ToValueList();
    }
}
