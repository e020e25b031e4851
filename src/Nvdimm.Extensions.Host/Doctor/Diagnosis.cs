using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>A problem of a host that its administrator must solve.</summary>
public sealed record Diagnosis
{
    /// <summary>The severity.</summary>
    public required DiagnosisLevel Level { get; init => field = EnumArgument.Checked(value, last: DiagnosisLevel.DataAtRisk); }

    /// <summary>The domain or device with the problem, or <c>host</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The finding.</summary>
    public required Finding Finding { get; init; }

    /// <summary>The one command that solves it; null if the finding's text says what to do.</summary>
    public string? Remedy { get; init; }
}

/// <summary>The devices of a host, the domains that use them, and whether the data is safe.</summary>
/// <param name="Devices">The devices.</param>
/// <param name="Domains">The domains with NVDIMMs.</param>
/// <param name="Diagnoses">The problems for the administrator, most severe first.</param>
public sealed record HostExamination(ValueList<NvdimmDevice> Devices, ValueList<DomainExamination> Domains, ValueList<Diagnosis> Diagnoses)
{
    /// <summary>The most severe level of all diagnoses; <see cref="DiagnosisLevel.Fine"/> without any.</summary>
    public DiagnosisLevel Level => Diagnoses.Select(diagnosis => diagnosis.Level).DefaultIfEmpty(DiagnosisLevel.Fine).Max();
}

/// <summary>The severity of a diagnosis.</summary>
public enum DiagnosisLevel
{
    /// <summary>There is nothing to do.</summary>
    Fine,

    /// <summary>Something should be done; no data is at risk now.</summary>
    Advice,

    /// <summary>Data can be lost: by the next start of a VM, by a restore, or because a device fails.</summary>
    DataAtRisk,
}
