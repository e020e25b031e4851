using static Nvdimm.Extensions.Host.Verdicts.GuardVerdict;

namespace Nvdimm.Extensions.Host.Verdicts;

/// <summary>
/// The table of the guard: the meaning of each code. Witnesses only emit findings; the verdict, what can be accepted and for how long, and
/// the exit status follow from this table. A code that is not in the table does not affect the verdict and cannot be accepted.
/// </summary>
public static class GuardCodes
{
    /// <summary>The verdicts that refuse a start, from the most to the least severe.</summary>
    private static readonly GuardVerdict[] BySeverity = [Foreign, Ambiguous, Moved, Resized, Unknown];

    private static readonly GuardCode[] Rows =
    [
        new(NvdimmCodes.LayoutForeign, Foreign, isAcceptable: true, outlastsUse: true),
        new(NvdimmCodes.LayoutUuidChanged, Foreign, isAcceptable: true),
        new(NvdimmCodes.LayoutAmbiguous, Ambiguous, isAcceptable: true, outlastsUse: true),
        new(NvdimmCodes.LayoutStaleLabels, Ambiguous, isAcceptable: true),
        new(NvdimmCodes.LayoutMoved, Moved, isAcceptable: true, outlastsUse: true, isReasonToRelocate: true) { TextArguments = "by" },
        new(NvdimmCodes.LayoutChanged, Moved, isAcceptable: true, isReasonToRelocate: true) { TextArguments = "what" },
        new(NvdimmCodes.LayoutCutsNamespaces, Moved, isAcceptable: true, outlastsUse: true),
        new(NvdimmCodes.ContentCut, Moved, isAcceptable: true, outlastsUse: true),
        new(NvdimmCodes.ContentNotAtEnd, Moved, isAcceptable: true, outlastsUse: true),
        new(NvdimmCodes.LayoutResized, Resized, isAcceptable: true, isReasonToRelocate: true),
        new(NvdimmCodes.LayoutUnreadable, Unknown, isAcceptable: true, isUnreadable: true),
        new(NvdimmCodes.LayoutLabelsMissing, Unknown, isAcceptable: true, isReasonToRelocate: true),
        new(NvdimmCodes.LayoutLabelsDamaged, Unknown, isAcceptable: true, outlastsUse: true),
        new(NvdimmCodes.ContentDamaged, Unknown, isAcceptable: true, outlastsUse: true),
        new(NvdimmCodes.ContentSizeUnknown, Unknown, isAcceptable: true, outlastsUse: true),
        new(NvdimmCodes.LedgerUnreadable, Unknown, isUnreadable: true),
        new(NvdimmCodes.LedgerDamaged, Unknown, isUnreadable: true),
        new(NvdimmCodes.LedgerNewer, Unknown, isUnreadable: true),
        new(NvdimmCodes.ClaimDamaged, Unknown, isUnreadable: true),
        new(NvdimmCodes.HostUseUnknown, Unknown, isUnreadable: true),
        new(NvdimmCodes.ContentFound, Same, isAcceptable: true, outlastsUse: true),
        new(NvdimmCodes.ContentUnknown, Same, isAcceptable: true, outlastsUse: true),
        new(NvdimmCodes.LayoutNotRecorded, Same),
        new(NvdimmCodes.LayoutLabelsChanged, Same),
        new(NvdimmCodes.LayoutWeakIdentity, Same),
    ];

    /// <summary>All rows; rows with the same verdict are adjacent.</summary>
    public static IReadOnlyList<GuardCode> All => Rows;

    /// <summary>The row of a code; null if the code has none.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is null.</exception>
    public static GuardCode? Find(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Array.Find(Rows, row => row.Code == code);
    }

    /// <summary>Whether an administrator can accept a finding. A fault of the ledger itself cannot be accepted, only repaired.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is null.</exception>
    public static bool IsAcceptable(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Find(finding.Code) is { IsAcceptable: true };
    }

    /// <summary>Whether a verdict by itself allows a VM to start.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="verdict"/> has no such value.</exception>
    public static bool IsGood(GuardVerdict verdict) =>
        !BySeverity.Contains(EnumArgument.Checked(verdict, last: GuardVerdict.Unknown, nameof(verdict)));

    /// <summary>The most severe verdict of these findings; null if none of them affects the verdict.</summary>
    internal static GuardVerdict? MostSevere(IReadOnlyCollection<Finding> findings)
    {
        foreach (var verdict in BySeverity)
        {
            if (findings.Any(finding => Find(finding.Code)?.Verdict == verdict))
            {
                return verdict;
            }
        }

        return null;
    }

    /// <summary>
    /// The arguments by which an acceptance recognises a finding: all but the names of the device (<c>device</c>, <c>path</c>) and English
    /// text (<see cref="GuardCode.TextArguments"/>).
    /// </summary>
    internal static ValueList<FindingArgument> EvidenceOf(string code, ValueList<FindingArgument> arguments)
    {
        var prose = Find(code)?.TextArguments.Split(' ') ?? [];
        return arguments
            .Where(argument => argument.Name is not ("device" or "path") && !prose.Contains(argument.Name, StringComparer.Ordinal))
            .ToValueList();
    }
}
