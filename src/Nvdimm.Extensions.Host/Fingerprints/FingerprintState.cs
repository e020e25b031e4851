namespace Nvdimm.Extensions.Host.Fingerprints;

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
