using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>A domain with NVDIMMs that libvirt has called for.</summary>
/// <param name="Xml">Its text.</param>
/// <param name="Guest">What of it matters.</param>
/// <param name="Elements">Its NVDIMMs.</param>
/// <param name="Uses">What else it uses as memory.</param>
/// <param name="Unread">What of its NVDIMMs cannot be read.</param>
internal sealed record LibvirtDomain(
    string Xml, DomainGuest Guest, ValueList<NvdimmElement> Elements, StartMemoryUses Uses, ValueList<Finding> Unread)
{
    /// <summary>What findings call it.</summary>
    public string Name => Guest.Name ?? Guest.Id ?? "the VM";

    /// <summary>The files behind its NVDIMMs and virtio-pmem devices.</summary>
    public ValueList<string> Paths => [.. Elements.Select(element => element.Path), .. Uses.Pmems.Select(pmem => pmem.Use.Path)];
}
