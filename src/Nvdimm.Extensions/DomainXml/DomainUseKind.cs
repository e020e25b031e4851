namespace Nvdimm.Extensions.DomainXml;

/// <summary>The kind of use of a host file by a domain.</summary>
public enum DomainUseKind
{
    /// <summary>An NVDIMM: <c>&lt;memory model='nvdimm'&gt;</c>.</summary>
    Nvdimm,

    /// <summary>A virtio-pmem device: <c>&lt;memory model='virtio-pmem'&gt;</c>.</summary>
    VirtioPmem,

    /// <summary>A disk, one of its backing images, or the target of its mirror.</summary>
    Disk,

    /// <summary>An argument of <c>&lt;qemu:commandline&gt;</c>.</summary>
    Argument,

    /// <summary>Another device, such as a serial port.</summary>
    Other,
}
