namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// What a range of versions of libvirt does to memory devices: one row for each change, from <see cref="Since"/> to the next one. What is not
/// written in a row is as in the one before.
/// </summary>
public sealed record LibvirtProfile
{
    private LibvirtProfile()
    {
    }

    /// <summary>The rows, the oldest first.</summary>
    public static ValueList<LibvirtProfile> Rows { get; } = VersionRows.Of(
        new LibvirtProfile(),
        row => row with { Since = new Version(9, 5), IsSlotForDimmsOnly = true },
        row => row with { Since = new Version(9, 6), MakesOwnCell = true },
        row => row with { Since = new Version(9, 8), ComparesRanges = true });

    /// <summary>The versions that <c>nvdimm verify</c> was run on without a mismatch, the oldest first; <c>SIZING.md</c> has the table.</summary>
    public static ValueList<Version> Proven { get; } = [new Version(7, 0), new Version(9, 0), new Version(11, 3), new Version(12, 8)];

    /// <summary>The first version. Default: 7.0, the oldest that was measured.</summary>
    public Version Since { get; private init; } = new(7, 0);

    /// <summary>What sizes are rounded up to, except on POWER: 2 MiB.</summary>
    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainGetMemoryModuleSizeAlignment; the same in 7.0, 11.3 and 12.9. Proved by verify: sizes.
    public Alignment ModuleBlock { get; internal init; } = Alignment.FromMiB(2);

    /// <summary>What the size beside the label is rounded down to on POWER: 256 MiB.</summary>
    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainNVDimmAlignSizePseries; the same in 7.0, 11.3 and 12.9. Proved by verify: sizes.
    public Alignment PseriesBlock { get; private init; } = Alignment.FromMiB(256);

    /// <summary>What <c>&lt;maxMemory&gt;</c> is rounded up to, except on POWER, where it is <see cref="PseriesBlock"/>: 1 MiB.</summary>
    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainAlignMemorySizes. QEMU's pseries takes nothing else. Proved by verify: hot plug.
    public Alignment MaxMemoryBlock { get; private init; } = Alignment.FromMiB(1);

    /// <summary>The smallest label area: 128 KiB.</summary>
    // libvirt v9.0.0 src/conf/domain_conf.c, virDomainMemoryTargetDefParseXML. Proved by verify: sizes.
    public ByteSize MinimumLabelSize { get; private init; } = ByteSize.FromKiB(128);

    /// <summary>
    /// Whether only DIMMs and NVDIMMs take a slot, and a <c>&lt;maxMemory&gt;</c> without <c>slots</c> is valid: from 9.5 on. Before that every
    /// memory device takes one.
    /// </summary>
    // libvirt NEWS 9.5.0; v9.5.0 src/qemu/qemu_domain.c, qemuDomainDefValidateMemoryHotplug. Measured on 9.0 and 12.9 (RefusalRows).
    public bool IsSlotForDimmsOnly { get; private init; }

    /// <summary>Whether a domain without NUMA gets one cell, except on POWER, which needs none: from 9.6 on. Before that it is refused.</summary>
    // libvirt NEWS 9.6.0; v9.6.0 src/qemu/qemu_postparse.c, qemuDomainDefNumaAutoAdd. Measured on 9.0 and 12.9 (RefusalRows).
    public bool MakesOwnCell { get; private init; }

    /// <summary>Whether libvirt itself refuses overlapping addresses, by target sizes: from 9.8 on. QEMU compares what the guest sees.</summary>
    // libvirt NEWS 9.8.0. Measured on 9.0 and 12.9 (RefusalRows).
    public bool ComparesRanges { get; private init; }

    /// <summary>The figures that decide a size. Rows that agree in them lead to the same layouts.</summary>
    internal (Alignment ModuleBlock, Alignment PseriesBlock, ByteSize MinimumLabelSize) Sizes => (ModuleBlock, PseriesBlock, MinimumLabelSize);

    /// <summary>The row of a version; null for one that is older than every row.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="version"/> is null.</exception>
    public static LibvirtProfile? For(Version version) => VersionRows.At(Rows, row => row.Since, version);
}
