using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>A domain with NVDIMMs for which libvirt called the hook.</summary>
/// <param name="Definition">The domain as libvirt passed it.</param>
/// <param name="Guest">The properties of the domain that the checks need.</param>
/// <param name="Elements">The NVDIMMs of the domain.</param>
/// <param name="Uses">The other files and devices that the domain uses as memory.</param>
/// <param name="Unread">Findings for NVDIMMs that could not be read.</param>
internal sealed record LibvirtDomain(
    Domain Definition, DomainGuest Guest, ValueList<NvdimmElement> Elements, StartMemoryUses Uses, ValueList<Finding> Unread)
{
    /// <summary>The domain's name in findings.</summary>
    public string Name => Guest.Name ?? Guest.Id ?? "the VM";

    /// <summary>The backing files of the NVDIMMs and virtio-pmem devices.</summary>
    public ValueList<string> Paths => [.. Elements.Select(element => element.Path), .. Uses.Pmems.Select(pmem => pmem.Use.Path)];
}
