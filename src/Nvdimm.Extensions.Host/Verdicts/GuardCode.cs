namespace Nvdimm.Extensions.Host.Verdicts;

/// <summary>What a code means to the guard: one row of <see cref="GuardCodes"/>.</summary>
/// <param name="code">The code of the findings.</param>
/// <param name="verdict">The verdict that such a finding makes; <see cref="LayoutGuardVerdict.Same"/> where it makes none.</param>
/// <param name="isAcceptable">Whether an administrator can accept it.</param>
/// <param name="outlastsUse">
/// Whether an acceptance stays valid when the device is used. What the device itself carries stays true until it changes; what the ledger
/// or the reading said was true of one start.
/// </param>
/// <param name="isUnreadable">Whether it says that something could not be read, so that nothing can be concluded.</param>
/// <param name="isReasonToRelocate">Whether 'nvdimm repair --relocate-labels' is for devices with this finding.</param>
public sealed class GuardCode(
    string code,
    LayoutGuardVerdict verdict,
    bool isAcceptable = false,
    bool outlastsUse = false,
    bool isUnreadable = false,
    bool isReasonToRelocate = false)
{
    /// <summary>The code of the findings.</summary>
    public string Code => code;

    /// <summary>The verdict that such a finding makes; <see cref="LayoutGuardVerdict.Same"/> where it makes none.</summary>
    public LayoutGuardVerdict Verdict { get; } = EnumArgument.Checked(verdict, nameof(verdict));

    /// <summary>Whether an administrator can accept it.</summary>
    public bool IsAcceptable => isAcceptable;

    /// <summary>Whether an acceptance stays valid when the device is used.</summary>
    public bool OutlastsUse => outlastsUse;

    /// <summary>Whether it says that something could not be read, so that nothing can be concluded.</summary>
    public bool IsUnreadable => isUnreadable;

    /// <summary>Whether 'nvdimm repair --relocate-labels' is for devices with this finding.</summary>
    public bool IsReasonToRelocate => isReasonToRelocate;

    /// <summary>
    /// The arguments that are English text for people, separated by blanks. They are no evidence: an acceptance stays valid when such a text is
    /// worded otherwise. The other arguments must tell two findings of this code apart.
    /// </summary>
    public string Prose { get; init; } = "";
}
