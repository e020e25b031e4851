using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Decides whether a refusal by libvirt is an error or a warning.</summary>
internal static class LibvirtRefusal
{
    /// <summary>
    /// Returns an error if the libvirt version refuses, and null if it does not. If the version is not known: an error if the oldest and
    /// the newest refuse, a warning if only one of them does.
    /// </summary>
    public static Severity? Refuses(this LibvirtProfile? libvirt, Func<LibvirtProfile, bool> refuses) =>
        (refuses(libvirt ?? HypervisorProfile.Oldest.Libvirt), refuses(libvirt ?? HypervisorProfile.Newest.Libvirt)) switch
        {
            (true, true) => Severity.Error,
            (false, false) => null,
            _ => Severity.Warning,
        };
}
