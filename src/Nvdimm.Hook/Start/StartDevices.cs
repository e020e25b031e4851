using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Hook.Start;

/// <summary>Finds the devices behind the NVDIMMs of a domain.</summary>
internal static class StartDevices
{
    public static List<StartDevice> Find(ValueList<NvdimmElement> elements, ValueList<LayoutRecord> records, HookContext context, List<Finding> findings)
    {
        var sysfs = new SysfsNvdimmReader(context.Root);
        return elements.Select(element => Find(element, Read(sysfs, element, findings), records, context.VmId)).ToList();
    }

    private static StartDevice Find(NvdimmElement element, NvdimmDevice? device, ValueList<LayoutRecord> records, string? vmId)
    {
        var identity = device is null ? null : DeviceIdentity.Of(device);
        var own = records.Where(record => record.Layout is not null && vmId is not null && string.Equals(record.VmId, vmId, StringComparison.OrdinalIgnoreCase)).ToList();
        return new StartDevice(
            element,
            device,
            identity is null ? null : records.FirstOrDefault(record => record.Identity == identity),
            // The name counts first: two devices of one VM that have changed names are each known, but not where the guest looks for them.
            own.Find(record => record.Path == element.Path || record.Name == device?.Name) ?? own.Find(record => record.Identity == identity));
    }

    private static NvdimmDevice? Read(SysfsNvdimmReader sysfs, NvdimmElement element, List<Finding> findings)
    {
        try
        {
            if (sysfs.Find(element.Path) is { } device)
            {
                return device;
            }

            findings.Add(Finding.Error(NvdimmCodes.XmlUnmatched, ("path", element.Path)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            findings.Add(Finding.Error(NvdimmCodes.HostUseUnknown, ("device", element.Path), ("reason", failure.Message)));
        }

        return null;
    }
}
