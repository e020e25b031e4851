using Nvdimm.Extensions.Host.Verdicts;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>What the guard says of a device and a plan.</summary>
/// <param name="Verdict">The most severe of what was found; <see cref="Findings"/> has all.</param>
/// <param name="Findings">What was found. Errors refuse.</param>
/// <param name="Evidence">What it was judged by.</param>
public sealed record LayoutCheck(LayoutGuardVerdict Verdict, ValueList<Finding> Findings, LayoutEvidence Evidence)
{
    /// <summary>The most severe of what was found; <see cref="Findings"/> has all.</summary>
    public LayoutGuardVerdict Verdict { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Verdict);

    /// <summary>The findings, errors and warnings, that no administrator has accepted. Those of <see cref="GuardCodes.IsAcceptable"/> can be.</summary>
    public ValueList<Finding> Open => Findings
        .Where(finding => !(GuardCodes.IsAcceptable(finding) && Evidence.Recorded.Record?.Accepts(finding) == true))
        .ToValueList();

    /// <summary>The errors of <see cref="Open"/>.</summary>
    public ValueList<Finding> Refusals => Open.Where(finding => finding.Severity == Severity.Error).ToValueList();

    /// <summary>Whether the device may be used with the planned layout.</summary>
    public bool IsAllowed => Refusals.Count == 0;
}
