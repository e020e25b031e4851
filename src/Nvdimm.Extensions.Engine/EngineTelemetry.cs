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

    /// <summary>
    /// Runs an operation of a category in an activity, such as <c>nvdimm attach</c>. The activity has the status of an error if the
    /// operation throws, also because its caller cancels, or has failed.
    /// </summary>
    /// <param name="name">The name of the activity.</param>
    /// <param name="run">The operation.</param>
    /// <param name="hasFailed">Whether a result is that of a failure. A refusal is none.</param>
    /// <param name="vm">The VM's id; null if the operation concerns no VM.</param>
    /// <param name="host">The host's id; null if the operation concerns no host.</param>
    internal static async Task<T> TraceAsync<T>(
        string name, Func<Task<T>> run, Func<T, bool> hasFailed, string? vm = null, string? host = null)
    {
        using var activity = Source.StartActivity(name);
        activity?.SetTag("ovirt.vm.id", vm);
        activity?.SetTag("ovirt.host.id", host);
        try
        {
            var result = await run().ConfigureAwait(false);
            if (hasFailed(result))
            {
                activity?.SetStatus(ActivityStatusCode.Error);
            }

            return result;
        }
        catch (Exception failed)
        {
            activity?.SetTag("error.type", failed.GetType().FullName);
            activity?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
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
