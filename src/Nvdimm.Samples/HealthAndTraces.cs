using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Testing;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Nvdimm.Samples;

/// <summary>A health check of the engine, and traces of what is done, through OpenTelemetry.</summary>
internal static class HealthAndTraces
{
    public static async Task RunAsync(TextWriter output)
    {
        var finished = new List<Activity>();
        using var processor = new ListProcessor(finished);
        using var traces = Sdk.CreateTracerProviderBuilder()
            .AddSource(EngineTelemetry.Name)
            .AddProcessor(processor)
            .Build();

        var engine = new InMemoryEngine();
        engine.ReportHost(new OvirtHost("h1", "host1"));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IOvirtEngine>(engine);
        services.AddNvdimmHostDevices();
        services.AddHealthChecks().AddOvirtEngine();
        await using var provider = services.BuildServiceProvider();

        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        await output.WriteLineAsync($"health: {report.Status}");

        await provider.GetRequiredService<IHostDeviceManager>().AttachAsync("no-such-vm", ["namespace0.0"]);
        await output.WriteLineAsync($"traces: {string.Join(", ", finished.Select(activity => activity.DisplayName).Distinct())}");
    }

    /// <summary>Keeps the activities; an application exports them with one of OpenTelemetry's exporters.</summary>
    private sealed class ListProcessor(List<Activity> finished) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => finished.Add(data);
    }
}
