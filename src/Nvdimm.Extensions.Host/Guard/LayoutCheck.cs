namespace Nvdimm.Extensions.Host.Guard;

/// <summary>What the guard says of a device and a plan.</summary>
/// <param name="Verdict">The gravest of what was found; <see cref="Findings"/> has all.</param>
/// <param name="Findings">What was found. Errors refuse.</param>
/// <param name="Evidence">What it was judged by.</param>
public sealed record LayoutCheck(LayoutGuardVerdict Verdict, ValueList<Finding> Findings, LayoutEvidence Evidence)
{
    /// <summary>The errors that no administrator has accepted. Those of <see cref="LayoutGuard.IsAcceptable"/> can be.</summary>
    public ValueList<Finding> Refusals => Findings
        .Where(finding => finding.Severity == Severity.Error && !(LayoutGuard.IsAcceptable(finding) && Evidence.Recorded.Record?.Accepts(finding) == true))
        .ToValueList();

    /// <summary>Whether the device may be used with the planned layout.</summary>
    public bool IsAllowed => Refusals.Count == 0;
}
