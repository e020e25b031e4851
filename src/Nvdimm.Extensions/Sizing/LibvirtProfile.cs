namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// How a range of libvirt versions treats memory devices. A row applies from <see cref="Since"/> up to the next row, and changes only what
/// it states.
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

    /// <summary>
    /// The versions on which <c>nvdimm verify</c> ran without a mismatch, the oldest first; <c>SIZING.md</c> has the table.
    /// </summary>
    public static ValueList<Version> Proven { get; } = [new Version(7, 0), new Version(9, 0), new Version(11, 3), new Version(12, 8)];

    /// <summary>The first version of the row. Default: 7.0, the oldest version that was measured.</summary>
    public Version Since { get; private init; } = new(7, 0);

    /// <summary>The unit to which libvirt rounds sizes up, except on POWER: 2 MiB.</summary>
    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainGetMemoryModuleSizeAlignment; the same in 7.0, 11.3 and 12.9. Proved by verify:
    // sizes.
    public Alignment ModuleBlock { get; internal init; } = Alignment.FromMiB(2);

    /// <summary>The unit to which libvirt rounds the size without the label down on POWER: 256 MiB.</summary>
    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainNVDimmAlignSizePseries; the same in 7.0, 11.3 and 12.9. Proved by verify: sizes.
    public Alignment PseriesBlock { get; private init; } = Alignment.FromMiB(256);

    /// <summary>The unit to which libvirt rounds <c>&lt;maxMemory&gt;</c> up: 1 MiB. On POWER it is <see cref="PseriesBlock"/>.</summary>
    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainAlignMemorySizes. QEMU's pseries accepts nothing else. Proved by verify: hot plug.
    public Alignment MaxMemoryBlock { get; private init; } = Alignment.FromMiB(1);

    /// <summary>The smallest label area that libvirt accepts: 128 KiB.</summary>
    // libvirt v9.0.0 src/conf/domain_conf.c, virDomainMemoryTargetDefParseXML. Proved by verify: sizes.
    public ByteSize MinimumLabelSize { get; private init; } = ByteSize.FromKiB(128);

    /// <summary>
    /// Whether only DIMMs and NVDIMMs take a slot, and a domain without them needs no <c>slots</c>: from 9.5. Earlier versions give every
    /// memory device a slot.
    /// </summary>
    // libvirt NEWS 9.5.0; v9.5.0 src/qemu/qemu_domain.c, qemuDomainDefValidateMemoryHotplug. Measured on 9.0, 11.3 and 12.9.
    public bool IsSlotForDimmsOnly { get; private init; }

    /// <summary>
    /// Whether libvirt creates one cell for a domain without NUMA, except on POWER, which needs none: from 9.6. Earlier versions refuse the
    /// domain.
    /// </summary>
    // libvirt NEWS 9.6.0; v9.6.0 src/qemu/qemu_postparse.c, qemuDomainDefNumaAutoAdd. Measured on 9.0 and 12.9 (RefusalRows).
    public bool MakesOwnCell { get; private init; }

    /// <summary>
    /// Whether libvirt refuses overlapping addresses itself, comparing target sizes: from 9.8. QEMU compares guest sizes.
    /// </summary>
    // libvirt NEWS 9.8.0. Measured on 9.0 and 12.9 (RefusalRows).
    public bool ComparesRanges { get; private init; }

    /// <summary>The figures that decide a size. Rows in which they are equal lead to the same layouts.</summary>
    internal (Alignment ModuleBlock, Alignment PseriesBlock, ByteSize MinimumLabelSize) Sizes =>
        (ModuleBlock, PseriesBlock, MinimumLabelSize);

    /// <summary>The row of a version; null if the version is older than every row.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="version"/> is null.</exception>
    public static LibvirtProfile? For(Version version) => VersionRows.At(Rows, row => row.Since, version);
}
