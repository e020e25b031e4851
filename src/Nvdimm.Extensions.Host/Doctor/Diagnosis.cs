namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>A problem of a host that its administrator must solve.</summary>
/// <param name="Level">The severity.</param>
/// <param name="Subject">The domain or device with the problem, or <c>host</c>.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Remedy">The one command that solves it; null if the finding's text says what to do.</param>
public sealed record Diagnosis(DiagnosisLevel Level, string Subject, Finding Finding, string? Remedy = null)
{
    /// <summary>The severity.</summary>
    public DiagnosisLevel Level { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Level);
}
