namespace Nvdimm.Extensions.Host.Start;

/// <summary>What becomes of a start where <c>nvdimm verify</c> has not checked the installed libvirt and QEMU on this host.</summary>
public enum UnverifiedReaction
{
    /// <summary>The VM does not start.</summary>
    Refuse,

    /// <summary>
    /// The VM starts, with a warning, where the versions lie between two that were checked elsewhere and agree
    /// (<see cref="Sizing.HypervisorProfile.Near"/>); otherwise it does not start.
    /// </summary>
    Known,

    /// <summary>The VM starts, with a warning.</summary>
    Warn,
}
