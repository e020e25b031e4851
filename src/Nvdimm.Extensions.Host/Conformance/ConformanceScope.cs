namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The part of the chain that was checked.</summary>
public enum ConformanceScope
{
    /// <summary>The whole chain: QEMU got the backend size that libvirt computed from the target size.</summary>
    LibvirtAndQemu,

    /// <summary>Only QEMU: it got the backend size that libvirt is predicted to compute.</summary>
    QemuAlone,
}
