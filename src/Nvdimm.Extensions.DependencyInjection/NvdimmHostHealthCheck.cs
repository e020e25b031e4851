using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nvdimm.Extensions.Host.Doctor;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Checks whether the data on this machine's NVDIMM devices is safe.</summary>
/// <param name="examine">Examines this machine.</param>
internal sealed class NvdimmHostHealthCheck(Func<CancellationToken, Task<HostExamination>> examine) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var examination = await examine(cancellationToken).ConfigureAwait(false);
            var diagnoses = examination.Diagnoses.Select(diagnosis => $"{diagnosis.Subject}: {diagnosis.Finding.Message}");
            var description = string.Join(' ', diagnoses);
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
