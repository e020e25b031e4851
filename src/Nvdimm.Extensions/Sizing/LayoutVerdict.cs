namespace Nvdimm.Extensions.Sizing;

/// <summary>What comes of a layout.</summary>
public enum LayoutVerdict
{
    /// <summary>It starts, and memory hot plug works beside it.</summary>
    Ok,

    /// <summary>It starts, but a finding says what does not work.</summary>
    Warning,

    /// <summary>libvirt, QEMU or the engine would refuse it, or it cannot be known whether it starts.</summary>
    Refused,
}
