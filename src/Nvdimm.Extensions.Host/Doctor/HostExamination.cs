using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>The devices of a host, the domains that use them, and whether the data is safe.</summary>
/// <param name="Devices">The devices.</param>
/// <param name="Domains">The domains with NVDIMMs.</param>
/// <param name="Diagnoses">The problems for the administrator, most severe first.</param>
public sealed record HostExamination(ValueList<NvdimmDevice> Devices, ValueList<DomainExamination> Domains, ValueList<Diagnosis> Diagnoses)
{
    /// <summary>The most severe level of all diagnoses; <see cref="DiagnosisLevel.Fine"/> without any.</summary>
    public DiagnosisLevel Level => Diagnoses.Select(diagnosis => diagnosis.Level).DefaultIfEmpty(DiagnosisLevel.Fine).Max();
}
