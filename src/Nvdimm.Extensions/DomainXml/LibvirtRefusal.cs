using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>How sure it is that libvirt refuses something, by its row.</summary>
internal static class LibvirtRefusal
{
    /// <summary>
    /// An error where the row refuses; without a row, where the version is not known, an error where the oldest and the newest refuse, and a warning
    /// where only one of them does. Null for no refusal.
    /// </summary>
    public static Severity? Refuses(this LibvirtProfile? libvirt, Func<LibvirtProfile, bool> refuses) =>
        (refuses(libvirt ?? HypervisorProfile.Oldest.Libvirt), refuses(libvirt ?? HypervisorProfile.Newest.Libvirt)) switch
        {
            (true, true) => Severity.Error,
            (false, false) => null,
            _ => Severity.Warning,
        };
}
