namespace Nvdimm.Extensions.Sizing;

/// <summary>How the target size is chosen.</summary>
public enum SizingStrategy
{
    /// <summary>Byte for byte the size that oVirt Engine 4.5 computes, so that a device which a VM of oVirt has used keeps its layout.</summary>
    Ovirt,

    /// <summary>The largest guest size that keeps every rule: what libvirt and QEMU take, and memory hot plug beside it.</summary>
    Largest,
}
