using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nvdimm.Extensions.DependencyInjection;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Host.Doctor;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ndctl;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of engines, and of the NVDIMM host on which the program runs.</summary>
public static class NvdimmHealthChecksBuilderExtensions
{
    /// <summary>Adds a health check that asks the engine for its first host. An engine without hosts is degraded.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="engine">The name of the engine; null for the engine without a name.</param>
    /// <param name="name">The name of the check; null for <c>ovirt-engine</c>, or <c>ovirt-engine NAME</c> for a named engine.</param>
    /// <param name="failureStatus">The status if the engine does not answer; null for unhealthy.</param>
    /// <param name="tags">Tags of the check; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <example>
    /// <code>
    /// var services = new ServiceCollection();
    /// services.AddOvirtEngine(options =>
    /// {
    ///     options.Url = new Uri("https://engine.example.org/ovirt-engine");
    ///     options.Password = "secret";
    /// });
    /// services.AddHealthChecks().AddOvirtEngine();
    /// </code>
    /// </example>
    public static IHealthChecksBuilder AddOvirtEngine(
        this IHealthChecksBuilder builder,
        string? engine = null,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? (engine is null ? "ovirt-engine" : $"ovirt-engine {engine}"),
            provider => new OvirtEngineHealthCheck(engine is null
                ? provider.GetRequiredService<IOvirtEngine>()
                : provider.GetRequiredKeyedService<IOvirtEngine>(engine)),
            failureStatus,
            tags));
    }

    /// <summary>
    /// Adds a health check that examines the machine on which the program runs, as <c>nvdimm doctor</c> does. Data at risk gives the
    /// failure status, advice gives degraded. It runs ndctl and reads from libvirt; without root's rights it sees less.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="isGuarded">Whether the hooks of VDSM or libvirt are installed (<see cref="HostDoctor.IsGuarded"/>).</param>
    /// <param name="connection">The libvirt connection.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">The status if data is at risk or the machine cannot be examined; null for unhealthy.</param>
    /// <param name="tags">Tags of the check; null for none.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="builder"/>, <paramref name="connection"/> or <paramref name="name"/> is null.
    /// </exception>
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
