using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>Finds the devices behind the NVDIMMs of a domain.</summary>
internal static class StartDevices
{
    public static ValueList<StartSubject> Find(ValueList<NvdimmElement> elements, HostDevices host) =>
        elements.Select(element => Read(host, element)).ToValueList();

    private static StartSubject Read(HostDevices host, NvdimmElement element)
    {
        try
        {
            return new StartSubject(element, host.Find(element.Path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new StartSubject(element, Device: null)
            { WhyMissing = DeviceUse.Unknown(element.Path, failure.Message, Severity.Error) };
        }
    }
}
