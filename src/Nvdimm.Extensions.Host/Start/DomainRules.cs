namespace Nvdimm.Extensions.Host.Start;

/// <summary>What libvirt and QEMU refuse of a domain whatever its devices hold, and devices that it names more than once.</summary>
internal static class DomainRules
{
    public static IEnumerable<Finding> Hear(StartRequest request) => [];
}
