using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>What a host has, who uses it, and whether the data is safe.</summary>
/// <param name="Devices">The devices.</param>
/// <param name="Domains">The domains that have NVDIMMs.</param>
/// <param name="Diagnoses">What needs an administrator, the worst first.</param>
public sealed record HostExamination(ValueList<NvdimmDevice> Devices, ValueList<DomainExamination> Domains, ValueList<Diagnosis> Diagnoses)
{
    /// <summary>The worst level of all diagnoses; fine without any.</summary>
    public DiagnosisLevel Level => Diagnoses.Select(diagnosis => diagnosis.Level).DefaultIfEmpty(DiagnosisLevel.Fine).Max();
}
