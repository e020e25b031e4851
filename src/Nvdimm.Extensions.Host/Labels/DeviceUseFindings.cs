using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>What the host's use of a device says against writing to it.</summary>
internal static class DeviceUseFindings
{
    /// <summary>The findings; where the use cannot be read, that is one.</summary>
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
