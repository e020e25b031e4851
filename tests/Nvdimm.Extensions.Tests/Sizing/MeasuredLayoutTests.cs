using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>Layouts that were measured with libvirt 9.0.0 and QEMU 7.2 (Debian 12).</summary>
public sealed class MeasuredLayoutTests
{
    private const long KiB = 1L << 10;
    private const long MiB = 1L << 20;
    private const long GiB = 1L << 30;

    /// <summary>A layout that starts.</summary>
    public sealed record ExactCase(string Name, string Architecture, long Device, long? Align, long AlignSize, long Target, long Backend, long Guest, LayoutVerdict Verdict = LayoutVerdict.Ok, SizingStrategy Strategy = SizingStrategy.Ovirt)
    {
        public override string ToString() => Name;
    }

    /// <summary>A layout that does not.</summary>
    public sealed record RefusedCase(string Name, string Architecture, long Device, long? Align, string Code, long? Target, long? Backend = null, SizingStrategy Strategy = SizingStrategy.Ovirt)
    {
        public override string ToString() => Name;
    }

    // "Where oVirt's own sizes do not work": S and G as measured, the backend as virsh domxml-to-native showed it.
    public static readonly ExactCase[] ExactCases =
    [
        new("x86, 1 GiB, 2 MiB", "x86_64", GiB, 2 * MiB, 2 * MiB, 898 * MiB, 898 * MiB, 896 * MiB),
        new("x86, 1 GiB, no align", "x86_64", GiB, null, 128 * MiB, GiB, GiB, 896 * MiB),
        new("x86, 3 GiB, 1 GiB", "x86_64", 3 * GiB, GiB, GiB, 3 * GiB, 3 * GiB, 2 * GiB),
        new("x86, 512 MiB, 16 MiB", "x86_64", 512 * MiB, 16 * MiB, 16 * MiB, 400 * MiB, 400 * MiB, 384 * MiB),
        new("x86, 1025 MiB, 4 KiB", "x86_64", 1025 * MiB, 4 * KiB, 4 * KiB, (896 * MiB) + (128 * KiB), 898 * MiB, (898 * MiB) - (128 * KiB), LayoutVerdict.Warning),
        new("x86, 256 MiB, 4 KiB", "x86_64", 256 * MiB, 4 * KiB, 4 * KiB, (128 * MiB) + (128 * KiB), 130 * MiB, (130 * MiB) - (128 * KiB), LayoutVerdict.Warning),
        new("x86, 384.5 MiB, 64 KiB", "x86_64", (384 * MiB) + (512 * KiB), 64 * KiB, 64 * KiB, (256 * MiB) + (128 * KiB), 258 * MiB, (258 * MiB) - (128 * KiB), LayoutVerdict.Warning),
        new("POWER, 513 MiB, 64 KiB", "ppc64", 513 * MiB, 64 * KiB, 64 * KiB, (512 * MiB) + (128 * KiB), (512 * MiB) + (128 * KiB), 512 * MiB),
        new("POWER LE, 513 MiB, 64 KiB", "ppc64le", 513 * MiB, 64 * KiB, 64 * KiB, (512 * MiB) + (128 * KiB), (512 * MiB) + (128 * KiB), 512 * MiB),
        new("POWER, 256 MiB and a label", "ppc64", (256 * MiB) + (128 * KiB), null, 256 * MiB, (256 * MiB) + (128 * KiB), (256 * MiB) + (128 * KiB), 256 * MiB),
        new("the device of the seed's example", "x86_64", 16909336576, 2 * MiB, 2 * MiB, (15 * GiB) + (514 * MiB), (15 * GiB) + (514 * MiB), (15 * GiB) + (512 * MiB)),

        // "Getting more out of a device".
        new("largest, x86, 1026 MiB, 2 MiB", "x86_64", 1026 * MiB, 2 * MiB, 2 * MiB, 1026 * MiB, 1026 * MiB, 1024 * MiB, Strategy: SizingStrategy.Largest),
        new("largest, x86, 1025 MiB, 4 KiB", "x86_64", 1025 * MiB, 4 * KiB, 2 * MiB, 898 * MiB, 898 * MiB, 896 * MiB, Strategy: SizingStrategy.Largest),
        new("largest, x86, 130 MiB, 2 MiB", "x86_64", 130 * MiB, 2 * MiB, 2 * MiB, 130 * MiB, 130 * MiB, 128 * MiB, Strategy: SizingStrategy.Largest),
        new("largest, x86, 130 MiB, no align", "x86_64", 130 * MiB, null, 128 * MiB, 130 * MiB, 130 * MiB, 128 * MiB, Strategy: SizingStrategy.Largest),
        new("largest, x86, 3 GiB + 1 MiB, 1 GiB", "x86_64", (3 * GiB) + MiB, GiB, GiB, 3 * GiB, 3 * GiB, 2 * GiB, Strategy: SizingStrategy.Largest),
        new("largest, x86, 514 MiB, 256 MiB", "x86_64", 514 * MiB, 256 * MiB, 256 * MiB, 514 * MiB, 514 * MiB, 512 * MiB, Strategy: SizingStrategy.Largest),
        new("largest, x86, 386 MiB, 128 MiB", "x86_64", 386 * MiB, 128 * MiB, 128 * MiB, 386 * MiB, 386 * MiB, 384 * MiB, Strategy: SizingStrategy.Largest),
        new("largest, x86, 400 MiB, 128 MiB", "x86_64", 400 * MiB, 128 * MiB, 128 * MiB, 386 * MiB, 386 * MiB, 384 * MiB, Strategy: SizingStrategy.Largest),
        new("largest, POWER, 1 GiB, 64 KiB", "ppc64", GiB, 64 * KiB, 64 * KiB, (768 * MiB) + (128 * KiB), (768 * MiB) + (128 * KiB), 768 * MiB, Strategy: SizingStrategy.Largest),
        new("largest, POWER, exact fit", "ppc64", GiB + (128 * KiB), 2 * MiB, 2 * MiB, GiB + (128 * KiB), GiB + (128 * KiB), GiB, Strategy: SizingStrategy.Largest),
        new("largest, POWER, 3 GiB, 1 GiB", "ppc64", 3 * GiB, GiB, GiB, (2816 * MiB) + (128 * KiB), (2816 * MiB) + (128 * KiB), 2 * GiB, Strategy: SizingStrategy.Largest),
    ];

    public static readonly RefusedCase[] RefusedCases =
    [
        new("x86, 128 MiB, 2 MiB: QEMU, too small", "x86_64", 128 * MiB, 2 * MiB, NvdimmCodes.DeviceTooSmall, 2 * MiB, 2 * MiB),
        new("x86, 255 MiB, 2 MiB: QEMU, too small", "x86_64", 255 * MiB, 2 * MiB, NvdimmCodes.DeviceTooSmall, 2 * MiB, 2 * MiB),
        new("x86, 128 MiB, 4 KiB: libvirt, label not smaller", "x86_64", 128 * MiB, 4 * KiB, NvdimmCodes.BelowLibvirtMinimum, 128 * KiB),
        new("x86, 1 GiB, 1 GiB: QEMU, too small", "x86_64", GiB, GiB, NvdimmCodes.DeviceTooSmall, GiB, GiB),

        // The engine's Java divides towards zero (checked with java 17): nothing is left, but no size is negative.
        new("x86, 100 MiB, 2 MiB: nothing", "x86_64", 100 * MiB, 2 * MiB, NvdimmCodes.DeviceTooSmall, 0),
        new("x86, 100 MiB, 4 KiB: the label only", "x86_64", 100 * MiB, 4 * KiB, NvdimmCodes.BelowLibvirtMinimum, 128 * KiB),
        new("x86, 0 bytes", "x86_64", 0, null, NvdimmCodes.DeviceTooSmall, 0),
        new("POWER, 1 GiB, no align: larger than the device", "ppc64", GiB, null, NvdimmCodes.LargerThanDevice, GiB + (128 * KiB), GiB + (128 * KiB)),
        new("POWER, 1 GiB, 2 MiB: larger than the device", "ppc64le", GiB, 2 * MiB, NvdimmCodes.LargerThanDevice, GiB + (128 * KiB), GiB + (128 * KiB)),
        new("POWER, a byte short of the label", "ppc64", GiB + (128 * KiB) - 1, 64 * KiB, NvdimmCodes.LargerThanDevice, GiB + (128 * KiB), GiB + (128 * KiB)),
        new("POWER, 255 MiB: libvirt, below 256 MiB", "ppc64", 255 * MiB, 64 * KiB, NvdimmCodes.BelowLibvirtMinimum, 128 * KiB),
        new("x86, align 3 MiB: the engine leaves it out", "x86_64", GiB, 3 * MiB, NvdimmCodes.AlignIncompatible, null),
        new("x86, align 384 MiB: not a power of two", "x86_64", 3 * GiB, 384 * MiB, NvdimmCodes.AlignNotPowerOfTwo, 3 * GiB, 3 * GiB),
        new("x86, align 512 bytes: below the page", "x86_64", GiB, 512, NvdimmCodes.AlignBelowPage, (896 * MiB) + (128 * KiB), 898 * MiB),
        new("s390x: no rules", "s390x", GiB, 2 * MiB, NvdimmCodes.ArchitectureUnsupported, null),
        new("riscv64: no rules", "riscv64", GiB, null, NvdimmCodes.ArchitectureUnsupported, null),
        new("largest, x86, a byte below 130 MiB", "x86_64", (130 * MiB) - 1, 2 * MiB, NvdimmCodes.DeviceTooSmall, 0, Strategy: SizingStrategy.Largest),
        new("largest, x86, 1 MiB", "x86_64", MiB, 2 * MiB, NvdimmCodes.DeviceTooSmall, 0, Strategy: SizingStrategy.Largest),
        new("largest, x86, 1 GiB, 1 GiB", "x86_64", GiB, GiB, NvdimmCodes.DeviceTooSmall, GiB, GiB, Strategy: SizingStrategy.Largest),
        new("largest, x86, 1 MiB, 1 GiB", "x86_64", MiB, GiB, NvdimmCodes.DeviceTooSmall, 0, Strategy: SizingStrategy.Largest),
        new("largest, POWER, 256 MiB", "ppc64", 256 * MiB, 64 * KiB, NvdimmCodes.DeviceTooSmall, 0, Strategy: SizingStrategy.Largest),
        new("largest, POWER, 64 KiB", "ppc64", 64 * KiB, 64 * KiB, NvdimmCodes.DeviceTooSmall, 0, Strategy: SizingStrategy.Largest),
        new("largest, align 3 MiB", "x86_64", GiB, 3 * MiB, NvdimmCodes.AlignNotPowerOfTwo, 898 * MiB, 898 * MiB, SizingStrategy.Largest),
    ];

    [TestCaseSource(nameof(ExactCases))]
    public void Size_ThatStarts_IsExact(ExactCase row)
    {
        var sized = NvdimmSizer.Size(Request(row.Architecture, row.Device, row.Align, row.Strategy));
        Assert.That(sized.AlignSize, Is.EqualTo(Alignment.FromBytes(row.AlignSize)));
        Assert.That(sized.TargetSize, Is.EqualTo(ByteSize.FromBytes(row.Target)));
        Assert.That(sized.BackendSize, Is.EqualTo(ByteSize.FromBytes(row.Backend)));
        Assert.That(sized.Layout?.LabelOffset, Is.EqualTo(ByteSize.FromBytes(row.Backend - (128 * KiB))));
        Assert.That(sized.Layout?.GuestSize, Is.EqualTo(ByteSize.FromBytes(row.Guest)));
        Assert.That(sized.Layout?.LostSize, Is.EqualTo(ByteSize.FromBytes(row.Device - row.Guest)));
        Assert.That(sized.Verdict, Is.EqualTo(row.Verdict));
        Assert.That(sized.IsRefused, Is.False);
        Assert.That(sized.Codes, row.Verdict == LayoutVerdict.Ok ? Is.Empty : Is.EqualTo([NvdimmCodes.HotPlugMisaligned]));
    }

    [TestCaseSource(nameof(RefusedCases))]
    public void Size_ThatDoesNotStart_SaysWhy(RefusedCase row)
    {
        var sized = NvdimmSizer.Size(Request(row.Architecture, row.Device, row.Align, row.Strategy));
        Assert.That(sized.Codes, Does.Contain(row.Code));
        Assert.That(sized.Findings, Has.All.Property(nameof(Finding.Severity)).EqualTo(Severity.Error));
        Assert.That(sized.Findings.Select(finding => finding.Message), Has.None.Contains("${"));
        Assert.That(sized.TargetSize?.Bytes, Is.EqualTo(row.Target));
        Assert.That(sized.BackendSize?.Bytes, Is.EqualTo(row.Backend));
        Assert.That(sized.Layout?.LabelOffset, Is.Null);
        Assert.That(sized.Layout?.GuestSize, Is.Null);
        Assert.That(sized.Layout?.LostSize, Is.Null);
        Assert.That(sized.Verdict, Is.EqualTo(LayoutVerdict.Refused));
        Assert.That(sized.IsRefused, Is.True);
    }

    private static SizingRequest Request(string architecture, long device, long? align, SizingStrategy strategy) =>
        new(GuestArchitecture.FromName(architecture), ByteSize.FromBytes(device))
        {
            Align = align is { } bytes ? Alignment.FromBytes(bytes) : null,
            Strategy = strategy,
        };
}
