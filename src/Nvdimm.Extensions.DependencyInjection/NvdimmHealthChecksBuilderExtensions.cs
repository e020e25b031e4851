using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nvdimm.Extensions.DependencyInjection;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Host.Doctor;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ndctl;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of engines, and of the NVDIMM host that the app runs on.</summary>
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

    /// <summary>
    /// Adds a health check that examines the machine the app runs on, as <c>nvdimm doctor</c> does: data at risk fails, advice is degraded. It asks ndctl
    /// and, read-only, libvirt; the app has to be root, or sees less.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="isGuarded">Whether the hooks of VDSM or libvirt are installed (<see cref="HostDoctor.IsGuarded"/>).</param>
    /// <param name="connection">The libvirt connection.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What data at risk is, and a machine that cannot be asked; null for unhealthy.</param>
    /// <param name="tags">Tags of the check; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/>, <paramref name="connection"/> or <paramref name="name"/> is null.</exception>
    /// <example>
    /// <code>
    /// var services = new ServiceCollection();
    /// services.AddNvdimmHostDevices();
    /// services.AddHealthChecks().AddNvdimmHost();
    /// </code>
    /// </example>
    public static IHealthChecksBuilder AddNvdimmHost(
        this IHealthChecksBuilder builder,
        bool isGuarded = false,
        string connection = "qemu:///system",
        string name = "nvdimm-host",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(name);
        return builder.Add(new HealthCheckRegistration(name, _ => new NvdimmHostHealthCheck(ExamineAsync), failureStatus, tags));

        async Task<HostExamination> ExamineAsync(CancellationToken cancellationToken)
        {
            var listing = await new NdctlRunner().ListWithHealthAsync(cancellationToken).ConfigureAwait(false);
            var domains = await new LibvirtDomains(connection).ReadAsync(cancellationToken).ConfigureAwait(false);
            var doctor = new HostDoctor(LayoutLedger.DefaultFolder, TimeProvider.System) { IsGuarded = isGuarded };
            return doctor.Examine(listing.Devices, listing.Findings, domains);
        }
    }
}
