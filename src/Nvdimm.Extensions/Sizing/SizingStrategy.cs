namespace Nvdimm.Extensions.Sizing;

/// <summary>How to choose the target size.</summary>
public enum SizingStrategy
{
    /// <summary>Exactly the size that oVirt Engine 4.5 computes, so that a device that an oVirt VM has used keeps its layout.</summary>
    Ovirt,

    /// <summary>The largest guest size that libvirt and QEMU accept and that allows memory hot plug.</summary>
    Largest,
}
