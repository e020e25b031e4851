using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using CsCheck;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Start;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Labels;

/// <summary>Labels of every size that QEMU takes are found with their own size, whatever size is asked for.</summary>
public sealed class LabelSizeTests
{
    private const long KiB = 1L << 10;
    private const long MiB = 1L << 20;
    private const long RealOffset = 1071644672;

    /// <summary>Sizes of libvirt's documentation, OpenStack nova and Red Hat's suites, and some that nobody uses, in KiB.</summary>
    private static readonly long[] Sizes = [128, 130, 256, 384, 512, 1024, 2048, 3072, 16384, 65536, 262144];

    private static readonly Gen<long> AnySize = Gen.OneOf(Gen.Int[0, Sizes.Length - 1].Select(number => Sizes[number]), Gen.Long[128, 1 << 20]);

    private static readonly NvdimmDevice Device = new() { Name = "namespace0.0", Size = ByteSize.FromMiB(1024), Align = Alignment.FromMiB(2) };

    /// <summary>Linux v6.1 and v4.14 drivers/nvdimm/label.c: what the kernel makes of an area of that size leads back to that size.</summary>
    [Test]
    public void AreaSize_OfWhatAKernelMakes_IsTheSizeOfTheArea() => Gen.Select(AnySize, Gen.Int[0, 1].Select(shift => 128 << shift), Gen.Bool).Sample(
        (size, label, isOld) =>
        {
            var area = size * KiB;
            var slots = isOld ? area / (label + 1) : (area - (2 * Index(area / label))) / label;
            var index = new IndexBlock(0, Index(slots), label, 1, slots, 0, 1, label / 128);
            var end = (area + (4096 * MiB)) / (2 * MiB) * 2 * MiB;
            Assert.That(index.AreaSize(end - area, 4096 * MiB, [area]), Is.EqualTo(area), "asked for");
            var alone = index.AreaSize(end - area, 4096 * MiB, []);
            return alone == area || (isOld && (end - area + alone) % (2 * MiB) == 0);
        },
        iter: 50_000);

    [TestCaseSource(nameof(Sizes))]
    public void Survey_OnX86_FindsTheAreaWithItsSize(long size)
    {
        var label = size * KiB;
        foreach (var end in new[] { 1024 * MiB, 1024 * MiB - 6 * MiB })
        {
            Found(end - label, label, 1024 * MiB, LabelSearch.Everywhere);
        }

        if (LabelSearch.UsualLabelSizes.Contains(ByteSize.FromKiB(size)))
        {
            Found((700 * MiB) - label, label, 2048 * MiB, LabelSearch.Everywhere);
            Found((1024 * MiB) - label, label, 1024 * MiB, new LabelSearch { Scope = LabelSearchScope.NearEnd });
            Found((1024 * MiB) - label, label, 1024 * MiB, Known());
        }

        Found((700 * MiB) - label, label, 2048 * MiB, new LabelSearch { LabelSize = ByteSize.FromBytes(label) });
        Found((300 * MiB) + KiB, label, 1024 * MiB, LabelSearch.At([new LabelPlace(ByteSize.FromBytes((300 * MiB) + KiB), ByteSize.FromBytes(label))]));
    }

    /// <summary>libvirt 9.0.0 domxml-to-native: whatever the label size, the backend is a multiple of 256 MiB and the label.</summary>
    [TestCaseSource(nameof(Sizes))]
    public void Survey_OnPower_FindsTheAreaWithItsSize(long size)
    {
        Found(256 * MiB, size * KiB, 2048 * MiB, LabelSearch.Everywhere);
        Found(768 * MiB, size * KiB, 1030 * MiB, Known(1030));
    }

    [Test]
    public void Search_HasThePlaceOfEveryLayout_ForKnownAndUnknownDevices() => Gen.Select(
        Gen.OneOf(GuestArchitecture.X86_64, GuestArchitecture.Ppc64Le),
        Gen.OneOf(SizingStrategy.Ovirt, SizingStrategy.Largest),
        Gen.Long[1 << 17, 1L << 22],
        Gen.Int[12, 31],
        Gen.Int[0, LabelSearch.UsualLabelSizes.Count - 1].Select(number => LabelSearch.UsualLabelSizes[number])).Sample(
        (architecture, strategy, pages, power, label) =>
        {
            var size = ByteSize.FromKiB(pages * 4);
            var request = new SizingRequest(architecture, size) { Align = Alignment.FromBytes(1L << power), Strategy = strategy, LabelSize = label };
            if (NvdimmSizer.Size(request).Layout is not { } layout)
            {
                return true;
            }

            var recorded = DeviceLayout.Of(layout, architecture.Family == GuestFamily.Power ? Guid.Empty : null);
            var asked = NvdimmSizer.Size(request with { LabelSize = SizingRequest.OvirtLabelSize }).Layout;
            var offset = layout.LabelOffset.Bytes;
            var known = LabelSearch.For(asked is null ? null : DeviceLayout.Of(asked, architecture.Family == GuestFamily.Power ? Guid.Empty : null), recorded);
            return known.Offsets(size.Bytes).Contains(offset) && new LabelSearch { Scope = LabelSearchScope.NearEnd }.Offsets(size.Bytes).Contains(offset);
        },
        iter: 3_000);

    [Test]
    public void Search_OfAKnownDevice_TakesFewReads_WhateverItsSize()
    {
        foreach (var gibibytes in new[] { 1, 100, 1 << 14 })
        {
            var size = ByteSize.FromGiB(gibibytes);
            Assert.That(Known(size.Bytes / MiB).Offsets(size.Bytes), Has.Length.LessThan(200).And.Ordered.And.Unique);
        }
    }

    /// <summary>Alike devices of one probe share the offsets of a search; another size or another layout has its own.</summary>
    [Test]
    public void Search_OfAlikeDevices_SharesItsOffsets()
    {
        var probe = new LabelProbe();
        var first = probe.Offsets(Known(), 1024 * MiB);
        Assert.That(probe.Offsets(Known(), 1024 * MiB), Is.SameAs(first));
        Assert.That(probe.Offsets(Known(), 1030 * MiB), Is.Not.EqualTo(first));
        Assert.That(probe.Offsets(Known(1030), 1024 * MiB), Is.Not.EqualTo(first));
        Assert.That(probe.Offsets(Known(), 1024 * MiB), Is.EqualTo(first));
    }

    /// <summary>Field case F1: a real guest's area of 2 MiB, and a start with the engine's label of 128 KiB.</summary>
    [Test]
    public void Check_RealAreaOf2MiB_OnADeviceWithoutRecord_IsMovedAndCanBeKept()
    {
        using var folder = new TemporaryFolder();
        var device = Device with { Path = folder.Device(1024 * MiB, (RealOffset, Real())) };
        var request = SizingRequest.For(GuestArchitecture.X86_64, device)!.Value;
        var planned = DeviceLayout.Of(NvdimmSizer.Size(request).Layout!, guestUuid: null);
        var check = new StartEvidenceReader(folder.PathOf("ledger"), new FixedTime()).Check(device, planned);
        Assert.That((check.Verdict, check.IsAllowed), Is.EqualTo((GuardVerdict.Moved, false)));
        Assert.That(check.Findings.Single()["by"], Does.Contain($"a label area of {2 * MiB} bytes; {128 * KiB} are planned"));
        var found = check.Evidence.Survey.Found.Single();
        Assert.That(found.Area.Labels.Single().Name, Is.EqualTo("orders-db"));
        Assert.That(found.Area, Is.EqualTo(LabelArea.Read(Real())));
        Assert.That(found.Area.Hash, Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Real()))));
        var kept = KeptLayout.At(request, found, LayoutCandidates.For(request));
        Assert.That((kept.Layout?.Request.LabelSize, kept.Layout?.LabelOffset), Is.EqualTo(((ByteSize?)ByteSize.FromMiB(2), (ByteSize?)ByteSize.FromBytes(RealOffset))));
    }

    /// <summary>The signature of the first index is gone, and with it what says how large the area is.</summary>
    [Test]
    public void Survey_RealAreaOf2MiB_WithoutItsFirstIndex_IsFoundByTheSecond()
    {
        using var folder = new TemporaryFolder();
        var area = Real();
        area.AsSpan(0, 2304).Clear();
        var survey = new LabelProbe().Survey(Device with { Path = folder.Device(1024 * MiB, (RealOffset, area)) }, LabelSearch.Everywhere);
        Assert.That(survey.Found.Single().Area.Size, Is.EqualTo(ByteSize.FromMiB(2)));
        Assert.That(survey.Damaged, Is.Empty);
    }

    /// <summary>Figures that a hostile guest can write: none of them is read without end, and none is called nothing.</summary>
    [TestCase(56, uint.MaxValue)]
    [TestCase(32, 1UL << 62)]
    [TestCase(32, 64UL << 20)]
    [TestCase(40, 12345UL)]
    [TestCase(24, 1UL << 63)]
    public void Survey_IndexesThatContradictThemselves_AreDamaged(int at, ulong value)
    {
        using var folder = new TemporaryFolder();
        var area = SyntheticLabels.Area(1);
        foreach (var index in new[] { 0, 256 })
        {
            BinaryPrimitives.WriteUInt64LittleEndian(area.AsSpan(index + at), value);
            SyntheticLabels.Seal(area.AsSpan(index, 256), 64);
        }

        var survey = new LabelProbe().Survey(Device with { Path = folder.Device(64 * MiB, ((64 * MiB) - area.Length, area)) }, LabelSearch.Everywhere);
        Assert.That((survey.IsReadable, survey.Found.Count), Is.EqualTo((true, 0)));
        Assert.That(survey.Damaged.Select(damaged => damaged.Offset.Bytes), Does.Contain((64 * MiB) - area.Length));
    }

    [Test]
    public void Survey_SignaturesAllOver_AreNotReadOneByOne()
    {
        using var folder = new TemporaryFolder();
        var parts = Enumerable.Range(1, 300).Select(number => ((number * 64 * KiB), "NAMESPACE_INDEX\0"u8.ToArray())).ToArray();
        var survey = new LabelProbe().Survey(Device with { Path = folder.Device(32 * MiB, parts) }, LabelSearch.Everywhere);
        Assert.That(survey.UnreadableReason, Does.Contain("more than 256 places"));
    }

    /// <summary>A pipe: whoever opens it waits for a writer that never comes.</summary>
    [Test]
    [CancelAfter(20_000)]
    public void Survey_DaxDeviceWithBadBlocks_IsNotOpened()
    {
        using var folder = new TemporaryFolder();
        var pipe = folder.PathOf("dax0.0");
        using (var made = Process.Start("mkfifo", pipe))
        {
            made.WaitForExit();
        }

        var device = Device with { Path = pipe, Mode = NamespaceMode.Devdax, BadBlockCount = 3 };
        var survey = new LabelProbe().Survey(device, LabelSearch.Everywhere);
        Assert.That((survey.IsReadable, survey.UnreadableReason), Is.EqualTo((false, "it is a dax device with 3 bad blocks")));
    }

    private static LabelSearch Known(long mebibytes = 1024)
    {
        var layout = DeviceLayout.Of(NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(mebibytes)) { Align = Alignment.FromMiB(2) }).Layout!, null);
        return LabelSearch.For(layout, layout);
    }

    private static void Found(long offset, long size, long device, LabelSearch search)
    {
        using var folder = new TemporaryFolder();
        var head = Head(size);
        var survey = new LabelProbe().Survey(Device with { Path = folder.Device(device, (offset, head)) }, search);
        Assert.That(survey.Found.Select(found => (found.Offset.Bytes, found.Area.Size.Bytes)), Is.EqualTo([(offset, size)]), $"{search.Scope}");
        Assert.That(survey.Damaged, Is.Empty);
    }

    /// <summary>The indexes and first slots of an area as Linux v6.1 makes it; zeros follow.</summary>
    private static byte[] Head(long size)
    {
        var slots = (size - (2 * Index(size / 256))) / 256;
        return SyntheticLabels.Head((int)Index(slots), 2, (int)slots, (new Guid("2456e028-3662-4bd1-9dc5-03254993fc5d"), "one", 7));
    }

    private static long Index(long slots) => (72 + ((slots + 7) / 8) + 255) / 256 * 256;

    private static byte[] Real()
    {
        using var packed = new GZipStream(File.OpenRead(TestFiles.PathOf("labels", "x86-v1.1-label-size-2MiB.bin.gz")), CompressionMode.Decompress);
        var area = new byte[2 * MiB];
        packed.ReadExactly(area);
        return area;
    }
}
