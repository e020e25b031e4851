namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// A finding of the guard that an administrator has accepted. It covers that finding with exactly these arguments (offsets, sizes, uuids,
/// hashes) and no other; only what the device is called may change.
/// </summary>
/// <param name="Code">The finding's code.</param>
/// <param name="Arguments">Its arguments, without <c>device</c> and <c>path</c>.</param>
/// <param name="At">When it was accepted.</param>
/// <param name="By">Who accepted it.</param>
/// <param name="Note">Why; null where nothing was said.</param>
public sealed record AcceptedFinding(string Code, ValueList<FindingArgument> Arguments, DateTimeOffset At, string By, string? Note)
{
    /// <summary>Whether it covers a finding.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is null.</exception>
    public bool Covers(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return string.Equals(Code, finding.Code, StringComparison.Ordinal) && Arguments.Equals(EvidenceOf(finding));
    }

    /// <summary>
    /// Whether it holds beyond the next use of the device. What the labels on the device carry stays true until they change; what the ledger
    /// or the reading said was true of one start: it must not allow another one after the device was used with another layout.
    /// </summary>
    internal bool OutlastsUse => Code is NvdimmCodes.LayoutMoved or NvdimmCodes.LayoutForeign or NvdimmCodes.LayoutAmbiguous
        or NvdimmCodes.LayoutLabelsDamaged or NvdimmCodes.LayoutCutsNamespaces;

    internal static ValueList<FindingArgument> EvidenceOf(Finding finding) =>
        finding.Arguments.Where(argument => argument.Name is not ("device" or "path")).ToValueList();
}
