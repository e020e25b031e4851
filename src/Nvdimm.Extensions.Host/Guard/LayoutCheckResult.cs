using Nvdimm.Extensions.Host.Verdicts;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>The guard's check of a device against a plan.</summary>
/// <param name="Verdict">The verdict of the most severe finding; <see cref="Findings"/> has all.</param>
/// <param name="Findings">The findings; an error refuses.</param>
/// <param name="Evidence">The evidence that the check used.</param>
public sealed record LayoutCheckResult(GuardVerdict Verdict, ValueList<Finding> Findings, LayoutEvidence Evidence)
{
    /// <summary>The verdict of the most severe finding; <see cref="Findings"/> has all.</summary>
    public GuardVerdict Verdict { get; init => field = EnumArgument.Checked(value, last: GuardVerdict.Unknown); } =
        EnumArgument.Checked(Verdict, last: GuardVerdict.Unknown);

    /// <summary>
    /// The errors and warnings that no administrator has accepted. Those of <see cref="GuardCodes.IsAcceptable"/> can be accepted.
    /// </summary>
    public ValueList<Finding> Open => Findings
        .Where(finding => !(GuardCodes.IsAcceptable(finding) && Evidence.Recorded.Record?.Accepts(finding) == true))
        .ToValueList();

    /// <summary>The errors of <see cref="Open"/>.</summary>
    public ValueList<Finding> Refusals => Open.Where(finding => finding.Severity == Severity.Error).ToValueList();

    /// <summary>Whether the device can be used with the planned layout.</summary>
    public bool IsAllowed => Refusals.Count == 0;
}
