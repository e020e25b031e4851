using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Finds the devices of a listing that a VM can have.</summary>
internal static class NvdimmAvailability
{
    /// <summary>
    /// Asks the policy about every device, including those that only the engine reports, since a VM may have one of them. An error of the
    /// listing itself counts against every device.
    /// </summary>
    public static ValueList<HostDeviceAvailability> Of(
        NvdimmHostDeviceListing listing, IReadOnlyCollection<ManagedVm> vms, GuestArchitecture architecture, SizingStrategy strategy)
    {
        var description = listing.Description;
        var described = new NvdimmVms([listing]);
        var devices = listing.Devices
            .OrderBy(device => device.Name, DeviceNameComparer.Instance)
            .ThenBy(device => IsOnlyReported(device))
            .ToValueList();
        var reported = devices.Where(IsOnlyReported);
        var errors = listing.Findings.Where(finding => finding.Severity == Severity.Error).ToArray();
        var listed = description.Devices.Select(device => device with { Findings = [.. device.Findings, .. errors] });
        var availabilities = DeviceAvailability.Of(new AvailabilityRequest
        {
            Host = description with
            {
                Devices = [.. listed, .. reported.Select(device => new NvdimmDevice { Name = device.Name, Findings = device.Findings })],
            },
            Vms = [.. vms.Select(described.Of), .. described.Except(vms.Select(vm => vm.Id).ToHashSet(StringComparer.Ordinal))],
            Architecture = architecture,
            Strategy = strategy,
        });

        // Both lists have the same stable order by name, so devices with equal names are matched correctly.
        return devices.Zip(availabilities, (device, availability) =>
            new HostDeviceAvailability(device, availability.State, availability.Text)
            {
                Users = availability.Users,
                Reasons = availability.Reasons,
                GuestSize = availability.GuestSize,
            }).ToValueList();
    }

    private static bool IsOnlyReported(HostDevice device) => device is not NvdimmHostDevice { Namespace: not null };
}
