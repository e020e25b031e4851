using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;

namespace Nvdimm.Extensions.Engine;

/// <summary>The metrics of one meter. Safe for use by several threads.</summary>
internal sealed class EngineMeters
{
    private static readonly EngineMeters Shared = new(new Meter(EngineTelemetry.Name, EngineTelemetry.Version));

    private readonly Histogram<double> durations;
    private readonly UpDownCounter<long> inFlight;
    private readonly Counter<long> changes;

    private EngineMeters(Meter meter)
    {
        // The bucket boundaries that OpenTelemetry recommends for the duration of HTTP requests.
        var advice = new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
        };
        durations = meter.CreateHistogram(
            "ovirt.client.request.duration", "s", "How long requests to the engine take, each try by itself.", [], advice);
        inFlight = meter.CreateUpDownCounter<long>("ovirt.client.active_requests", "{request}", "Requests to the engine in flight.");
        changes = meter.CreateCounter<long>(
            "nvdimm.host_device.changes", "{change}", "Attachments and detachments, by category, operation and outcome.");
    }

    /// <summary>The metrics of a factory's meter; if there is no factory, those of the process.</summary>
    public static EngineMeters Of(IMeterFactory? factory) =>
        factory is null
            ? Shared
            : new EngineMeters(factory.Create(new MeterOptions(EngineTelemetry.Name) { Version = EngineTelemetry.Version }));

    /// <summary>Counts an attachment or a detachment.</summary>
    public void Changed(string capability, string operation, string outcome) => changes.Add(1, new TagList
    {
        { "capability", capability }, { "operation", operation }, { "outcome", outcome },
    });

    /// <summary>Starts to measure a request.</summary>
    /// <param name="request">The method and the path, such as <c>GET vms/123/hostdevices</c>.</param>
    /// <param name="engine">The engine's address.</param>
    public Started Request(string request, Uri engine)
    {
        var route = RequestRoute.Of(request);
        inFlight.Add(1);
        return new Started(this, route, EngineTelemetry.Start(route, engine), Stopwatch.GetTimestamp());
    }

    /// <summary>A request that is being measured until it is disposed.</summary>
    internal sealed class Started(EngineMeters meters, RequestRoute route, Activity? activity, long start) : IDisposable
    {
        private HttpStatusCode? status;

        /// <summary>Records the status of the answer.</summary>
        public void End(HttpStatusCode code) => status = code;

        public void Dispose()
        {
            meters.inFlight.Add(-1);
            TagList tags = [new("http.request.method", route.Method), new("url.template", route.Template)];
            if (status is { } code)
            {
                tags.Add("http.response.status_code", (int)code);
                activity?.SetTag("http.response.status_code", (int)code);
            }

            if (status is null or >= HttpStatusCode.BadRequest)
            {
                var error = status is { } answered
                    ? ((int)answered).ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : "no_answer";
                tags.Add("error.type", error);
                activity?.SetTag("error.type", error);
                activity?.SetStatus(ActivityStatusCode.Error);
            }

            meters.durations.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, tags);
            activity?.Dispose();
        }
    }
}
