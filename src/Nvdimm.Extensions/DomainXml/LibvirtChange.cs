namespace Nvdimm.Extensions.DomainXml;

/// <summary>Where libvirt changed what it refuses. Where its version is not known, such a refusal is only a warning.</summary>
internal static class LibvirtChange
{
    /// <summary>From here on only DIMMs and NVDIMMs take a slot, and a maximum without slots is valid (libvirt NEWS 9.5.0).</summary>
    public static Version FreeSlots { get; } = new(9, 5);

    /// <summary>From here on a domain without NUMA cells gets one, except on POWER, where it needs none (libvirt NEWS 9.6.0).</summary>
    public static Version OwnCell { get; } = new(9, 6);

    /// <summary>From here on libvirt itself compares address ranges, by target sizes; QEMU compares what the guest sees (libvirt NEWS 9.8.0).</summary>
    public static Version RangesCompared { get; } = new(9, 8);

    /// <summary>The severity of what libvirt refused before a version; null where it does not.</summary>
    public static Severity? RefusedBefore(this Version? libvirt, Version change) =>
        libvirt is null ? Severity.Warning : libvirt < change ? Severity.Error : null;

    /// <summary>The severity of what libvirt refuses from a version on; null where it does not.</summary>
    public static Severity? RefusedSince(this Version? libvirt, Version change) =>
        libvirt is null ? Severity.Warning : libvirt >= change ? Severity.Error : null;
}
