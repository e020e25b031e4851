using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Content;

namespace Nvdimm.Cli.Input;

/// <summary>What the devices of this host contain, by device name. Only root can read it; for other users nothing is known.</summary>
internal sealed class DeviceContents
{
    private readonly Dictionary<string, ContentSurvey> surveys;

    private DeviceContents(Dictionary<string, ContentSurvey> surveys) => this.surveys = surveys;

    /// <summary>No known contents, as for the devices of another host.</summary>
    public static DeviceContents Unknown { get; } = new([]);

    /// <summary>Reads the devices that have a device file on this host.</summary>
    public static DeviceContents Read(ToolEnvironment environment, IEnumerable<NvdimmDevice> devices)
    {
        var probe = new ContentProbe(environment.Root);
        return !Environment.IsPrivilegedProcess
            ? Unknown
            : new DeviceContents(devices
                .Where(device => device.Path is { } path && File.Exists(path))
                .DistinctBy(device => device.Name, StringComparer.Ordinal)
                .ToDictionary(device => device.Name, device => probe.Survey(device, []), StringComparer.Ordinal));
    }

    /// <summary>What a device contains; null if it was not read.</summary>
    public ContentSurvey? Of(NvdimmDevice device) => surveys.GetValueOrDefault(device.Name);
}
