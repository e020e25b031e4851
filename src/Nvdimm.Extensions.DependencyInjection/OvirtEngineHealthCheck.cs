using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nvdimm.Extensions.Engine;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Asks the engine for its first host.</summary>
internal sealed class OvirtEngineHealthCheck(IOvirtEngine engine) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var hosts = engine.ListHostsAsync(cancellationToken: cancellationToken);
            var host = await hosts.FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return host is null ? HealthCheckResult.Degraded("the engine has no host") : HealthCheckResult.Healthy();
        }
        catch (OvirtException failed)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, failed.Message, failed);
        }
    }
}
