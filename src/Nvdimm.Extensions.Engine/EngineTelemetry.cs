using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;

namespace Nvdimm.Extensions.Engine;

/// <summary>
/// What can be measured, by the names of OpenTelemetry: activities and metrics. Ids and names of VMs, hosts and devices are tags of
/// activities; nothing else that a user typed, no password and no token is in either.
/// </summary>
public static class EngineTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Nvdimm.Extensions.Engine";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Durations =
        Meter.CreateHistogram<double>("ovirt.client.request.duration", "s", "How long requests to the engine take, each try by itself.");

    private static readonly UpDownCounter<long> InFlight =
        Meter.CreateUpDownCounter<long>("ovirt.client.active_requests", "{request}", "Requests to the engine in flight.");

    private static readonly Counter<long> Changes =
        Meter.CreateCounter<long>("nvdimm.host_device.changes", "{change}", "Attachments and detachments, by operation and outcome.");

    /// <summary>An activity of the category, such as <c>nvdimm attach</c>; null where nobody listens.</summary>
    internal static Activity? Start(string name, string? vm = null, string? host = null)
    {
        var activity = Source.StartActivity(name);
        activity?.SetTag("ovirt.vm.id", vm);
        activity?.SetTag("ovirt.host.id", host);
        return activity;
    }

    /// <summary>Counts an attachment or a detachment.</summary>
    internal static void Changed(string operation, string outcome) =>
        Changes.Add(1, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Begins to measure a request.</summary>
    /// <param name="description">The method and the path, such as <c>GET vms/123/hostdevices</c>.</param>
    internal static Started Request(string description)
    {
        var method = description[..description.IndexOf(' ', StringComparison.Ordinal)];
        InFlight.Add(1);
        return new Started(method, Source.StartActivity(description, ActivityKind.Client), Stopwatch.GetTimestamp());
    }

    /// <summary>A request that is being measured until it is disposed.</summary>
    internal sealed class Started(string method, Activity? activity, long start) : IDisposable
    {
        private int? status;

        /// <summary>An answer came.</summary>
        public void End(HttpStatusCode code) => status = (int)code;

        public void Dispose()
        {
            InFlight.Add(-1);
            TagList tags = [new("http.request.method", method)];
            if (status is { } code)
            {
                tags.Add("http.response.status_code", code);
                activity?.SetTag("http.response.status_code", code);
            }
            else
            {
                tags.Add("error.type", "no_answer");
                activity?.SetStatus(ActivityStatusCode.Error);
            }

            Durations.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, tags);
            activity?.Dispose();
        }
    }
}
