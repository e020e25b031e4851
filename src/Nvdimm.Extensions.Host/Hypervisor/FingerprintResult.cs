namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>A stored fingerprint, compared with what is installed now.</summary>
/// <param name="State">What it says.</param>
/// <param name="Fingerprint">The fingerprint; null where none is stored or it is damaged.</param>
/// <param name="Reason">What is damaged; null otherwise.</param>
public sealed record FingerprintResult(FingerprintState State, HypervisorFingerprint? Fingerprint, string? Reason = null)
{
    /// <summary>Whether the installed programs are the ones that were checked, and do what is predicted.</summary>
    public bool IsVerified => State == FingerprintState.Verified;
}
