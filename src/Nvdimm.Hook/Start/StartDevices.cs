using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Hook.Start;

/// <summary>Finds the devices behind the NVDIMMs of a domain.</summary>
internal static class StartDevices
{
    public static List<StartDevice> Find(ValueList<NvdimmElement> elements, ValueList<LayoutRecord> records, HookContext context)
    {
        var host = new HostDevices(context.Root);
        return elements.Select(element => Read(host, element)).Select(subject => new StartDevice(subject, Earlier(subject, records, context.VmId))).ToList();
    }

    /// <summary>The name counts first: two devices of one VM that have changed names are both known, but not where the guest looks for them.</summary>
    private static LayoutRecord? Earlier(StartSubject subject, ValueList<LayoutRecord> records, string? vmId)
    {
        var identity = subject.Device is { } device ? DeviceIdentity.Of(device) : null;
        var own = records.Where(record => record.Layout is not null && vmId is not null && string.Equals(record.VmId, vmId, StringComparison.OrdinalIgnoreCase)).ToList();
        return own.Find(record => record.Path == subject.Element.Path || record.Name == subject.Device?.Name) ?? own.Find(record => record.Identity == identity);
    }

    private static StartSubject Read(HostDevices host, NvdimmElement element)
    {
        try
        {
            return new StartSubject(element, host.Find(element.Path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new StartSubject(element, Device: null) { WhyMissing = DeviceUse.Unknown(element.Path, failure.Message, Severity.Error) };
        }
    }
}
