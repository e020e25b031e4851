namespace Nvdimm.Extensions.Host.Fingerprints;

/// <summary>What a stored fingerprint says about the programs that are installed now.</summary>
public enum FingerprintState
{
    /// <summary>They are the ones that were checked, libvirt and a QEMU for the asked architecture among them, and they do what is predicted.</summary>
    Verified,

    /// <summary>They are the ones that were checked, and they do not do what is predicted.</summary>
    Drift,

    /// <summary>They are not the ones that were checked.</summary>
    Changed,

    /// <summary>No fingerprint is stored.</summary>
    Missing,

    /// <summary>What is stored cannot be read; nothing may be concluded from it.</summary>
    Damaged,

    /// <summary>They are the ones that were checked, but libvirt was not asked, or no QEMU for the asked architecture was started.</summary>
    NotCovered,
}
