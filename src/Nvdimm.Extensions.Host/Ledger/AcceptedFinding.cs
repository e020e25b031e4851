using Nvdimm.Extensions.Host.Verdicts;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// A finding of the guard that an administrator has accepted. The acceptance covers this finding with exactly these arguments (offsets,
/// sizes, uuids, hashes) and no other; only the names of the device and English texts may change.
/// </summary>
public sealed record AcceptedFinding
{
    /// <summary>The finding's code.</summary>
    public required string Code { get; init; }

    /// <summary>
    /// The finding's arguments, without <c>device</c>, <c>path</c> and English text (<see cref="GuardCode.TextArguments"/>).
    /// </summary>
    public required ValueList<FindingArgument> Arguments { get; init; }

    /// <summary>When it was accepted, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who accepted it.</summary>
    public required string By { get; init; }

    /// <summary>The reason; null if none was given.</summary>
    public required string? Note { get; init; }

    /// <summary>The acceptance of a finding.</summary>
    internal static AcceptedFinding Of(Finding finding, DateTimeOffset at, string by, string? note) =>
        new() { Code = finding.Code, Arguments = EvidenceOf(finding), At = at, By = by, Note = note };

    /// <summary>Whether the acceptance covers a finding.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is null.</exception>
    public bool Covers(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return string.Equals(Code, finding.Code, StringComparison.Ordinal) && Arguments.Equals(EvidenceOf(finding));
    }

    /// <summary>Whether the acceptance stays valid after the next use of the device (<see cref="GuardCode.OutlastsUse"/>).</summary>
    internal bool OutlastsUse => GuardCodes.Find(Code) is { OutlastsUse: true };

    internal static ValueList<FindingArgument> EvidenceOf(Finding finding) => GuardCodes.EvidenceOf(finding.Code, finding.Arguments);
}
