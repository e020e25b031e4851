using Nvdimm.Extensions.Host.Verdicts;


namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// A finding of the guard that an administrator has accepted. The acceptance covers this finding with exactly these arguments (offsets,
/// sizes, uuids, hashes) and no other; only the names of the device and English texts may change.
/// </summary>
/// <param name="Code">The finding's code.</param>
/// <param name="Arguments">
/// The finding's arguments, without <c>device</c>, <c>path</c> and English text (<see cref="GuardCode.TextArguments"/>).
/// </param>
/// <param name="At">When it was accepted, UTC.</param>
/// <param name="By">Who accepted it.</param>
/// <param name="Note">The reason; null if none was given.</param>
public sealed record AcceptedFinding(string Code, ValueList<FindingArgument> Arguments, DateTimeOffset At, string By, string? Note)
{
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
