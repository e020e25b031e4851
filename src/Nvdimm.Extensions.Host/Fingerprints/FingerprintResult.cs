using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Fingerprints;

/// <summary>A stored fingerprint, compared with what is installed now.</summary>
/// <param name="State">What it says.</param>
/// <param name="Fingerprint">The fingerprint; null where none is stored or it is damaged.</param>
/// <param name="Reason">What is damaged, or what was not covered; null otherwise.</param>
public sealed record FingerprintResult(FingerprintState State, HypervisorFingerprint? Fingerprint, string? Reason = null)
{
    /// <summary>What it says.</summary>
    public FingerprintState State { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(State);

    /// <summary>Whether the installed programs are the ones that were checked for the asked architecture, and do what is predicted.</summary>
    public bool IsVerified => State == FingerprintState.Verified;

    /// <summary>
    /// Whether the versions alone may tell what the programs do: nothing is damaged, and the host's own last check found no mismatch.
    /// </summary>
    internal bool MayBeKnown => State is not (FingerprintState.Drift or FingerprintState.Damaged) && Fingerprint is not { Mismatches: > 0 };

    /// <summary>Why the installed programs are not the verified ones, in words. Asked only where <see cref="IsVerified"/> is false.</summary>
    internal string WhyNotVerified => State switch
    {
        FingerprintState.Changed => "they are not the ones that were verified",
        FingerprintState.Missing => "they were never verified",
        _ => Reason!,
    };

    /// <summary>The warning that the installed programs are not verified.</summary>
    internal static Finding NotVerified(string reason) => Finding.Warning(NvdimmCodes.HypervisorNotVerified, ("reason", reason));

    /// <summary>What it says of guests of an architecture: a check without libvirt, or without their QEMU, verifies nothing for them.</summary>
    /// <exception cref="IOException">A file is there but cannot be looked at.</exception>
    internal FingerprintResult For(GuestArchitecture architecture) =>
        State == FingerprintState.Verified && Fingerprint!.GapFor(architecture) is { } gap
            ? this with { State = FingerprintState.NotCovered, Reason = gap }
            : this;
}
