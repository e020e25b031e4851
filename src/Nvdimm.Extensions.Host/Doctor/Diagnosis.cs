namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>Something about a host that needs its administrator.</summary>
/// <param name="Level">How grave it is.</param>
/// <param name="Subject">What it is about: a domain, a device, or <c>host</c>.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Remedy">The one command that mends it; null where the finding's text says what to do.</param>
public sealed record Diagnosis(DiagnosisLevel Level, string Subject, Finding Finding, string? Remedy = null)
{
    /// <summary>How grave it is.</summary>
    public DiagnosisLevel Level { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Level);
}
