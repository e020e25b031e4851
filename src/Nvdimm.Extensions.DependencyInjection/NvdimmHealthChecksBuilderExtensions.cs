using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nvdimm.Extensions.DependencyInjection;
using Nvdimm.Extensions.Engine;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of engines.</summary>
public static class NvdimmHealthChecksBuilderExtensions
{
    /// <summary>Adds a health check that asks the engine for its first host. An engine without hosts is degraded.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="engine">The name of the engine; null for the one without.</param>
    /// <param name="name">The name of the check; null for <c>ovirt-engine</c>, or <c>ovirt-engine NAME</c> for a named engine.</param>
    /// <param name="failureStatus">What an engine that does not answer is; null for unhealthy.</param>
    /// <param name="tags">Tags of the check; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <example>
    /// <code>
    /// var services = new ServiceCollection();
    /// services.AddOvirtEngine(options => (options.Url, options.Password) = (new Uri("https://engine.example.org/ovirt-engine"), "secret"));
    /// services.AddHealthChecks().AddOvirtEngine();
    /// </code>
    /// </example>
    public static IHealthChecksBuilder AddOvirtEngine(
        this IHealthChecksBuilder builder, string? engine = null, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? (engine is null ? "ovirt-engine" : $"ovirt-engine {engine}"),
            provider => new OvirtEngineHealthCheck(engine is null ? provider.GetRequiredService<IOvirtEngine>() : provider.GetRequiredKeyedService<IOvirtEngine>(engine)),
            failureStatus,
            tags));
    }
}
