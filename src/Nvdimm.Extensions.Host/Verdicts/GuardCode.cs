namespace Nvdimm.Extensions.Host.Verdicts;

/// <summary>The meaning of a code for the guard: one row of <see cref="GuardCodes"/>.</summary>
/// <param name="code">The code of the findings.</param>
/// <param name="verdict">The verdict of such a finding; <see cref="GuardVerdict.Same"/> if it does not affect the verdict.</param>
/// <param name="isAcceptable">Whether an administrator can accept such a finding.</param>
/// <param name="outlastsUse">
/// Whether an acceptance stays valid after the device is used. A fact of the device itself stays true until it changes; a fact of the
/// ledger or of the reading was true for one start only.
/// </param>
/// <param name="isUnreadable">Whether the finding says that something could not be read, so that nothing is known about it.</param>
/// <param name="isReasonToRelocate">Whether 'nvdimm repair --relocate-labels' is for devices with this finding.</param>
public sealed class GuardCode(
    string code,
    GuardVerdict verdict,
    bool isAcceptable = false,
    bool outlastsUse = false,
    bool isUnreadable = false,
    bool isReasonToRelocate = false)
{
    /// <summary>The code of the findings.</summary>
    public string Code => code;

    /// <summary>The verdict of such a finding; <see cref="GuardVerdict.Same"/> if it does not affect the verdict.</summary>
    public GuardVerdict Verdict { get; } = EnumArgument.Checked(verdict, last: GuardVerdict.Unknown, nameof(verdict));

    /// <summary>Whether an administrator can accept such a finding.</summary>
    public bool IsAcceptable => isAcceptable;

    /// <summary>Whether an acceptance stays valid after the device is used.</summary>
    public bool OutlastsUse => outlastsUse;

    /// <summary>Whether the finding says that something could not be read, so that nothing is known about it.</summary>
    public bool IsUnreadable => isUnreadable;

    /// <summary>Whether 'nvdimm repair --relocate-labels' is for devices with this finding.</summary>
    public bool IsReasonToRelocate => isReasonToRelocate;

    /// <summary>
    /// The names of the arguments that are English text, separated by blanks. They are not evidence: an acceptance stays valid if the
    /// wording changes. The other arguments must distinguish any two findings of this code.
    /// </summary>
    public string TextArguments { get; init; } = "";
}

/// <summary>The guard's verdict on a device before it is used with a layout.</summary>
public enum GuardVerdict
{
    /// <summary>Neither the ledger nor the device shows an earlier use.</summary>
    FirstUse,

    /// <summary>The plan is the layout that the device was last used with.</summary>
    Same,

    /// <summary>The device was used with another layout: the labels are elsewhere, or the record differs.</summary>
    Moved,

    /// <summary>The labels belong to another guest uuid.</summary>
    Foreign,

    /// <summary>There are several sets of labels.</summary>
    Ambiguous,

    /// <summary>The size of the device has changed.</summary>
    Resized,

    /// <summary>Unknown: the ledger or the device cannot be read, or labels that were there are gone.</summary>
    Unknown,
}
