using Nvdimm.Extensions.Engine;

namespace Nvdimm.DevEngine.Wire;

/// <summary>Where things are.</summary>
internal static class ApiPaths
{
    public const string Engine = "/ovirt-engine";
    public const string Api = Engine + "/api";

    /// <summary>The path of an entity or of what belongs to it.</summary>
    public static string Of(string collection, params ReadOnlySpan<string> rest)
    {
        var path = $"{Api}/{collection}";
        foreach (var part in rest)
        {
            path += $"/{part}";
        }

        return path;
    }

    /// <summary>A device of a host.</summary>
    public static string HostDevice(string host, string device) => Of("hosts", host, "devices", HostDeviceId.FromName(device));

    /// <summary>A host device of a VM.</summary>
    public static string VmHostDevice(string vm, string device) => Of("vms", vm, "hostdevices", HostDeviceId.FromName(device));
}
