using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>Findings against writing to a device, from the host's use of it.</summary>
internal static class DeviceUseFindings
{
    /// <summary>The findings; one of them says so if the use cannot be read.</summary>
    public static ValueList<Finding> FindingsOf(this IDeviceUseReader reader, string name, string path)
    {
        try
        {
            return new NvdimmDevice { Name = name }.WithUse(reader.Read(path)).Findings;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [Finding.Error(NvdimmCodes.HostUseUnknown, ("device", name), ("reason", failure.Message))];
        }
    }
}
