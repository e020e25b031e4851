namespace Nvdimm.Extensions.Sizing;

/// <summary>Whether a VM starts with a layout.</summary>
public enum LayoutVerdict
{
    /// <summary>The VM starts, and memory hot plug works beside the NVDIMM.</summary>
    Ok,

    /// <summary>The VM starts, but a finding says what does not work.</summary>
    Warning,

    /// <summary>libvirt, QEMU or the engine would refuse the layout, or whether they do is not known.</summary>
    Refused,
}
