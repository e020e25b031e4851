using Nvdimm.Extensions.Engine;

namespace Nvdimm.DevEngine.Wire;

/// <summary>Builds the paths of the API.</summary>
internal static class ApiPaths
{
    public const string Engine = "/ovirt-engine";
    public const string Api = Engine + "/api";

    /// <summary>The path of an entity or of a collection inside it.</summary>
    public static string Of(string collection, params ReadOnlySpan<string> rest)
    {
        var path = $"{Api}/{collection}";
        foreach (var part in rest)
        {
            path += $"/{part}";
        }

        return path;
    }

    /// <summary>The path of a host's device.</summary>
    public static string HostDevice(string host, string device) => Of("hosts", host, "devices", HostDeviceId.FromName(device));

    /// <summary>The path of a VM's host device.</summary>
    public static string VmHostDevice(string vm, string device) => Of("vms", vm, "hostdevices", HostDeviceId.FromName(device));
}
