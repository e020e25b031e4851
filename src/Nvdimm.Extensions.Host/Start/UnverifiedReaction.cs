namespace Nvdimm.Extensions.Host.Start;

/// <summary>The reaction of a start if <c>nvdimm verify</c> has not checked the installed libvirt and QEMU on this host.</summary>
public enum UnverifiedReaction
{
    /// <summary>The VM does not start.</summary>
    Refuse,

    /// <summary>
    /// The VM starts with a warning if each version lies between two that were verified elsewhere, or is a later one of the newest verified
    /// major version (<see cref="Sizing.HypervisorProfile.Near"/>); otherwise it does not start. With a pair that failed its check on this
    /// host no VM starts, whatever the reaction.
    /// </summary>
    Known,

    /// <summary>The VM starts, with a warning.</summary>
    Warn,
}
