namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// How a range of QEMU versions treats memory devices. A row applies from <see cref="Since"/> up to the next row, and changes only what it
/// states. Differences by architecture alone are in <see cref="GuestFamily"/>.
/// </summary>
public sealed record QemuProfile
{
    private QemuProfile()
    {
    }

    /// <summary>The rows, the oldest first.</summary>
    public static ValueList<QemuProfile> Rows { get; } = VersionRows.Of(
        new QemuProfile(),
        row => row with { Since = new Version(6, 1), HasReserve = true },
        row => row with { Since = new Version(9, 1), NeedsWholePages = true });

    /// <summary>
    /// The versions on which <c>nvdimm verify</c> ran without a mismatch, the oldest first; <c>SIZING.md</c> has the table.
    /// </summary>
    public static ValueList<Version> Proven { get; } = [new Version(5, 2), new Version(7, 2), new Version(10, 0), new Version(11, 1)];

    /// <summary>The first version of the row. Default: 5.2, the oldest version that was measured.</summary>
    public Version Since { get; private init; } = new(5, 2);

    /// <summary>Whether QEMU can create memory without reserving it on the host (<c>reserve=off</c>): from 6.1.</summary>
    // QEMU v6.1.0 qapi/qom.json, MemoryBackendProperties: "reserve (since 6.1)". Proved by verify: hot plug.
    public bool HasReserve { get; private init; }

    /// <summary>
    /// Whether QEMU refuses a backend that is not a multiple of the page in which it is mapped: from 9.1. Earlier versions map the last
    /// page whole. Only POWER has such backends, if the label is not a multiple of the page.
    /// </summary>
    // QEMU v9.1.0 backends/hostmem.c, host_memory_backend_memory_complete: "memory size must be multiple of". Measured on 7.2, 10.0 and
    // 11.1; proved by verify: sizes without alignment.
    public bool NeedsWholePages { get; private init; }

    /// <summary>The alignment of a DIMM of ordinary memory: 2 MiB.</summary>
    // QEMU v7.2.0 include/qemu/osdep.h, QEMU_VMALLOC_ALIGN on Linux hosts of x86, Arm and POWER. Proved by verify: hot plug.
    public Alignment RamAlign { get; private init; } = Alignment.FromMiB(2);

    /// <summary>
    /// The size that the guest sees of a backend: the label at its very end is taken off first, and the rest is aligned down. Zero if
    /// nothing is left, which QEMU refuses.
    /// </summary>
    /// <param name="backendSize">The size of the backend.</param>
    /// <param name="labelSize">The size of the label area; zero for none.</param>
    /// <param name="align">The alignment that QEMU is given, or the page size if it is given none.</param>
    // QEMU v7.2.0 hw/mem/nvdimm.c, nvdimm_prepare_memory_region; the same in 5.2, 10.0 and 11.1. Proved by verify: sizes.
    public static ByteSize GuestSize(ByteSize backendSize, ByteSize labelSize, Alignment align) =>
        ByteSize.FromBytes(QemuArithmetic.GuestSize(backendSize.Bytes, labelSize.Bytes, align.Bytes));

    /// <summary>The row of a version; null if the version is older than every row.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="version"/> is null.</exception>
    public static QemuProfile? For(Version version) => VersionRows.At(Rows, row => row.Since, version);
}
