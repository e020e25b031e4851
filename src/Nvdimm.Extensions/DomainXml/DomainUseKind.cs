namespace Nvdimm.Extensions.DomainXml;

/// <summary>What a domain does with a file of the host.</summary>
public enum DomainUseKind
{
    /// <summary>An NVDIMM: <c>&lt;memory model='nvdimm'&gt;</c>.</summary>
    Nvdimm,

    /// <summary>A virtio-pmem device: <c>&lt;memory model='virtio-pmem'&gt;</c>.</summary>
    VirtioPmem,

    /// <summary>A disk, or an image behind it or mirrored to.</summary>
    Disk,

    /// <summary>An argument of <c>&lt;qemu:commandline&gt;</c>.</summary>
    Argument,

    /// <summary>Another device, such as a serial port.</summary>
    Other,
}
