using System.Diagnostics;

namespace Nvdimm.Extensions.Engine;

/// <summary>
/// The names of the activities and metrics, as in OpenTelemetry. There are few activity names, such as <c>nvdimm attach</c> and
/// <c>GET vms/{vm}/hostdevices</c>. The ids of VMs, hosts and devices are tags of activities. Neither activities nor metrics contain other
/// user input, passwords or tokens.
/// </summary>
public static class EngineTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Nvdimm.Extensions.Engine";

    /// <summary>The version of the activity source and the meter: that of this library.</summary>
    internal static readonly string? Version = typeof(EngineTelemetry).Assembly.GetName().Version?.ToString(3);

    private static readonly ActivitySource Source = new(Name, Version);

    /// <summary>Starts an activity of the category, such as <c>nvdimm attach</c>; null if there is no listener.</summary>
    internal static Activity? Start(string name, string? vm = null, string? host = null)
    {
        var activity = Source.StartActivity(name);
        activity?.SetTag("ovirt.vm.id", vm);
        activity?.SetTag("ovirt.host.id", host);
        return activity;
    }

    /// <summary>Starts an activity of a request; null if there is no listener.</summary>
    internal static Activity? Start(RequestRoute route, Uri engine)
    {
        var activity = Source.StartActivity($"{route.Method} {route.Template}", ActivityKind.Client);
        activity?.SetTag("http.request.method", route.Method);
        activity?.SetTag("url.template", route.Template);
        activity?.SetTag("server.address", engine.Host);
        activity?.SetTag("server.port", engine.Port);
        activity?.SetTag("ovirt.vm.id", route.Vm);
        activity?.SetTag("ovirt.host.id", route.Host);
        activity?.SetTag("ovirt.device.id", route.Device);
        return activity;
    }
}
