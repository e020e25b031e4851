using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The cases of a check. Device sizes are multiples of 512 bytes, as those of block devices are.</summary>
internal static class ConformanceCases
{
    private const long Sector = 512;
    private const long KiB = 1L << 10;
    private const long MiB = 1L << 20;
    private const long GiB = 1L << 30;
    private static readonly long Label = SizingRequest.OvirtLabelSize.Bytes;
    private static readonly long Module = HypervisorProfile.Newest.Libvirt.ModuleBlock.Bytes;

    private static readonly ByteSize LargestQuickDevice = ByteSize.FromGiB(16);

    /// <summary>The alignments of namespaces; null for a namespace that reports none.</summary>
    private static readonly long?[] Alignments =
        [null, 4 * KiB, 64 * KiB, 2 * MiB, 16 * MiB, 128 * MiB, 256 * MiB, 512 * MiB, GiB, 2 * GiB];

    /// <summary>
    /// The distances from a multiple of a block: just below it, on it, and where a label or libvirt's rounding just fits or just does not.
    /// </summary>
    private static readonly long[] Offsets = [-Sector, 0, Label - Sector, Label, Module - Sector, Module];

    /// <summary>
    /// Alignments that are not powers of two (two that fit the hot-plug blocks, two that do not), and one below every page size.
    /// </summary>
    private static readonly long[] OddAlignments = [384 * MiB, 768 * MiB, 3 * MiB, 48 * KiB, KiB];

    /// <summary>
    /// The label sizes of oVirt, of OpenStack nova and pmem-csi, of a POWER test suite, and one that is not a multiple of a page.
    /// </summary>
    private static readonly long[] LabelsWithoutAlign = [Label, 2 * MiB, 256 * MiB, Label + KiB];

    private static readonly long[] BlocksWithoutAlign = [1, 2, 4];

    /// <summary>
    /// The target size minus the device size: slightly less, equal, an amount that libvirt rounds up beyond the device, and more.
    /// </summary>
    private static readonly long[] OffsetsWithoutAlign = [-KiB, 0, KiB, Module];

    /// <summary>Additional bytes of the device: none, or enough that its size with the last label is a multiple of a page.</summary>
    private static readonly long[] SparesWithoutAlign = [0, 3 * KiB];

    /// <summary>Devices for which oVirt's own sizes were measured, in addition to those around the blocks.</summary>
    private static readonly (long Device, long? Align)[] Measured =
    [
        (GiB, 2 * MiB),
        (GiB, null),
        (3 * GiB, GiB),
        (512 * MiB, 16 * MiB),
        (1025 * MiB, 4 * KiB),
        (256 * MiB, 4 * KiB),
        (769 * (MiB / 2), 64 * KiB),
        (128 * MiB, 2 * MiB),
        (128 * MiB, 4 * KiB),
        (100 * MiB, 2 * MiB),
        (GiB, GiB),
        (513 * MiB, 64 * KiB),
        (1026 * MiB, 2 * MiB),
        (Sector, 4 * KiB),
        (Label, 4 * KiB),
        (126 * GiB, 2 * MiB),
        (512 * GiB, GiB),
    ];

    /// <summary>The fixed cases, then the random ones, for each architecture and strategy; each case once.</summary>
    public static IReadOnlyList<SizingRequest> Of(ConformanceOptions options) =>
    [
        .. options.Architectures.Distinct().SelectMany(architecture =>
        {
            SizingRequest[] known = [.. Fixed(architecture).Distinct()];
            SizingRequest[] all = [.. known.Concat(Random(architecture, options.Seed)).Distinct().Take(known.Length + options.Samples)];
            return options.Strategies.Distinct()
                .SelectMany((strategy, index) => all.Where(request => index == 0 || !IsSlow(request))
                    .Select(request => request with { Strategy = strategy }));
        }),
    ];

    /// <summary>
    /// Whether QEMU is slow with the case: pseries reserves room for each 256 MiB of an NVDIMM one by one. On a busy machine 126 GiB take
    /// minutes, so such a case is probed with one strategy only.
    /// </summary>
    public static bool IsSlow(in SizingRequest request) =>
        request.Architecture.Family!.IsSlowWithLargeNvdimms && request.DeviceSize > LargestQuickDevice;

    /// <summary>
    /// Domains without <c>&lt;alignsize&gt;</c> for each architecture: a device, and a target size that fills it or is slightly smaller or
    /// larger, with label sizes that are in use. The sizes are not multiples of a page, so that QEMU's own alignment shows.
    /// </summary>
    public static IReadOnlyList<(SizingRequest Request, ByteSize TargetSize)> WithoutAlign(ConformanceOptions options) =>
    [
        .. from architecture in options.Architectures.Distinct()
           let block = architecture.HotPlugBlock.Bytes
           from label in LabelsWithoutAlign
           from blocks in BlocksWithoutAlign
           from offset in OffsetsWithoutAlign
           from spare in SparesWithoutAlign
           let full = (blocks * block) + label
           select (
               Request(architecture, full + spare, null) with { LabelSize = ByteSize.FromBytes(label) },
               ByteSize.FromBytes(full + offset)),
    ];

    /// <summary>The measured devices, and those around multiples of every block that libvirt or QEMU rounds to.</summary>
    private static IEnumerable<SizingRequest> Fixed(GuestArchitecture architecture)
    {
        var block = architecture.HotPlugBlock.Bytes;
        var around = Alignments.SelectMany(align => new[] { block, 4 * block, Math.Max(align ?? 0, block) * 2 }.Distinct()
            .SelectMany(multiple => Offsets.Select(offset => (Device: multiple + offset, Align: align))));
        var odd = OddAlignments.SelectMany(align => new[] { (Device: 3 * GiB, Align: (long?)align), ((5 * block) + Label, align) });
        return Measured.Concat(around).Concat(odd)
            .Select(pair => Request(architecture, pair.Device, pair.Align))
            .Append(Request(architecture, GiB, 2 * MiB) with { LabelSize = ByteSize.FromKiB(64) })
            .Append(Request(architecture, GiB, 2 * MiB) with { LabelSize = ByteSize.FromKiB(256) });
    }

    /// <summary>An endless sequence: alternately any size up to 4 GiB, and a size near a multiple of a block.</summary>
    private static IEnumerable<SizingRequest> Random(GuestArchitecture architecture, int seed)
    {
        var numbers = new SeededNumbers(seed);
        while (true)
        {
            var align = numbers.OneOf(Alignments);
            var device = (1 + numbers.Below(4 * GiB / Sector)) * Sector;
            if (numbers.Below(2) == 0)
            {
                var block = numbers.Below(2) == 0 ? architecture.HotPlugBlock.Bytes : align ?? Module;
                var near = (device / block * block) + numbers.OneOf(Offsets);
                device = Math.Max(near, Sector);
            }

            yield return Request(architecture, device, align);
        }
    }

    private static SizingRequest Request(GuestArchitecture architecture, long device, long? align) =>
        new(architecture, ByteSize.FromBytes(device))
        {
            Align = align is { } bytes ? Alignment.FromBytes(bytes) : null,
            HostPageSize = Alignment.FromBytes(Environment.SystemPageSize),
        };
}
