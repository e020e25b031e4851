using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nvdimm.Extensions.Host.Doctor;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Examines this machine: whether the data on its NVDIMM devices is safe.</summary>
/// <param name="examine">Examines it.</param>
internal sealed class NvdimmHostHealthCheck(Func<CancellationToken, Task<HostExamination>> examine) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var examination = await examine(cancellationToken).ConfigureAwait(false);
            var description = string.Join(' ', examination.Diagnoses.Select(diagnosis => $"{diagnosis.Subject}: {diagnosis.Finding.Message}"));
            return examination.Level switch
            {
                DiagnosisLevel.DataAtRisk => new HealthCheckResult(context.Registration.FailureStatus, description),
                DiagnosisLevel.Advice => HealthCheckResult.Degraded(description),
                _ => HealthCheckResult.Healthy(),
            };
        }
        catch (Exception failed) when (failed is NdctlException or ProbeException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, failed.Message, failed);
        }
    }
}
