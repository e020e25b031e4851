namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>What part of the chain was checked.</summary>
public enum ConformanceScope
{
    /// <summary>The whole chain: QEMU was given what libvirt made of the target size.</summary>
    LibvirtAndQemu,

    /// <summary>QEMU's part only: it was given the backend size that libvirt is predicted to make.</summary>
    QemuAlone,
}
