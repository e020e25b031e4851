namespace Nvdimm.Extensions.Host.Doctor;

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
