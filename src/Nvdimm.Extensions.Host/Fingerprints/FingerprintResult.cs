using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Fingerprints;

/// <summary>The comparison of a stored fingerprint with the installed programs.</summary>
/// <param name="State">The result.</param>
/// <param name="Fingerprint">The fingerprint; null if none is stored, or if it is damaged.</param>
/// <param name="Reason">What is damaged, or what was not covered; null otherwise.</param>
public sealed record FingerprintResult(FingerprintState State, HypervisorFingerprint? Fingerprint, string? Reason = null)
{
    /// <summary>The result of the comparison.</summary>
    public FingerprintState State { get; init => field = EnumArgument.Checked(value, last: FingerprintState.NotCovered); } =
        EnumArgument.Checked(State, last: FingerprintState.NotCovered);

    /// <summary>Whether the installed programs are those that were checked for the asked architecture, and behave as predicted.</summary>
    public bool IsVerified => State == FingerprintState.Verified;

    /// <summary>
    /// Whether the versions alone may tell how the programs behave: the fingerprint is not damaged, and the host's own last check found no
    /// mismatch.
    /// </summary>
    internal bool MayBeKnown => State is not (FingerprintState.Drift or FingerprintState.Damaged) && Fingerprint is not { Mismatches: > 0 };

    /// <summary>Why the installed programs are not verified, in words. Only valid if <see cref="IsVerified"/> is false.</summary>
    internal string WhyNotVerified => State switch
    {
        FingerprintState.Changed => "they are not the ones that were verified",
        FingerprintState.Missing => "they were never verified",
        _ => Reason!,
    };

    /// <summary>The warning that the installed programs are not verified.</summary>
    internal static Finding NotVerified(string reason) => Finding.Warning(NvdimmCodes.HypervisorNotVerified, ("reason", reason));

    /// <summary>
    /// The result for guests of an architecture. A check without libvirt, or without their QEMU, verifies nothing for them.
    /// </summary>
    /// <exception cref="IOException">A file exists and cannot be examined.</exception>
    internal FingerprintResult For(GuestArchitecture architecture) =>
        State == FingerprintState.Verified && Fingerprint!.WhyNotChecked(architecture) is { } gap
            ? this with { State = FingerprintState.NotCovered, Reason = gap }
            : this;
}

/// <summary>The verification state of the installed programs.</summary>
public enum FingerprintState
{
    /// <summary>The programs were checked, including libvirt and a QEMU for the asked architecture, and behave as predicted.</summary>
    Verified,

    /// <summary>The programs were checked, and do not behave as predicted.</summary>
    Drift,

    /// <summary>The programs are not those that were checked.</summary>
    Changed,

    /// <summary>No fingerprint is stored.</summary>
    Missing,

    /// <summary>The stored fingerprint cannot be read, so nothing is known.</summary>
    Damaged,

    /// <summary>The programs were checked, but without libvirt, or without a QEMU for the asked architecture.</summary>
    NotCovered,
}
