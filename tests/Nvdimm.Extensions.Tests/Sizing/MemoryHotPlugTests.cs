using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>Where DIMMs land beside NVDIMMs. Every address was seen with QEMU 7.2 (q35 and pseries, <c>-S</c>, <c>query-memory-devices</c>).</summary>
public sealed class MemoryHotPlugTests
{
    private static readonly GuestArchitecture X86 = GuestArchitecture.X86_64;
    private static readonly GuestArchitecture Power = GuestArchitecture.Ppc64;

    /// <summary>Guest size 384 MiB, 385.875 MiB, 2 GiB; on POWER 256 MiB and 512 MiB.</summary>
    private static readonly NvdimmLayout Aligned = Kept(X86, 386, 2048);
    private static readonly NvdimmLayout Misaligned = Kept(X86, 386, 4);
    private static readonly NvdimmLayout TwoGiB = Kept(X86, 2050, 2048);
    private static readonly NvdimmLayout PowerOne = KeptPower(256, 2048);
    private static readonly NvdimmLayout PowerTwo = KeptPower(512, 64);

    private static readonly TestCaseData[] Landings =
    [
        Lands("Aligned", X86, 512, [Aligned], 128, 0x118000000, 0x118000000, true),
        Lands("Misaligned", X86, 512, [Misaligned], 128, 0x118200000, 0x120000000, false, NvdimmCodes.DimmMisaligned),
        Lands("MisalignedLargeDimm", X86, 512, [Misaligned], 1024, 0x118200000, 0x120000000, false, NvdimmCodes.DimmMisaligned),
        Lands("TwoMisaligned", X86, 512, [Misaligned, Misaligned], 128, 0x130400000, 0x138000000, false, NvdimmCodes.DimmMisaligned),
        Lands("MisalignedThenAligned", X86, 1024, [Misaligned, Aligned], 128, 0x130200000, 0x138000000, false, NvdimmCodes.DimmMisaligned),
        Lands("GapBeforeAnAlignedNvdimm", X86, 512, [Aligned, Kept(X86, 3072, 1 << 20)], 128, 0x118000000, 0x118000000, true),
        Lands("TooLargeForTheGap", X86, 512, [Aligned, Kept(X86, 3072, 1 << 20)], 1024, 0x1c0000000, 0x1c0000000, true),
        Lands("BelowTheHole", X86, 2815, [Aligned], 128, 0x118000000, 0x118000000, true),
        Lands("AtTheHole", X86, 2816, [Aligned], 128, 0x158000000, 0x158000000, true),
        Lands("ThreeGiB", X86, 3072, [TwoGiB], 128, 0x1c0000000, 0x1c0000000, true),
        Lands("BlockOfOneGiB", X86, 63 << 10, [Aligned], 1024, 0x1058000000, 0x1080000000, false, NvdimmCodes.DimmMisaligned),
        Lands("BlockOfTwoGiB", X86, 64 << 10, [Aligned], 2048, 0x1098000000, 0x1100000000, false, NvdimmCodes.DimmMisaligned),
        Lands("BlockOfTwoGiBAligned", X86, 64 << 10, [TwoGiB], 2048, 0x1100000000, 0x1100000000, true),
        Lands("SmallerThanTheBlock", X86, 64 << 10, [TwoGiB], 128, 0x1100000000, null, false, NvdimmCodes.DimmSize),
        Lands("NoMultipleOfTwoMiB", X86, 512, [Aligned], 127, null, null, false, NvdimmCodes.DimmSize),
        Lands("NoNvdimm", X86, 512, [], 128, 0x100000000, 0x100000000, true),
        Lands("Power", Power, 4 << 10, [PowerOne], 256, 0x110000000, 0x110000000, true),
        Lands("PowerTwo", Power, 1280, [PowerOne, PowerTwo], 256, 0xb0000000, 0xb0000000, true),
        Lands("PowerSmallRam", Power, 256, [PowerOne], 256, 0x50000000, 0x50000000, true),
        Lands("PowerSmallDimm", Power, 4 << 10, [PowerOne], 128, null, null, false, NvdimmCodes.DimmSize),
    ];

    [TestCaseSource(nameof(Landings))]
    public void Plan_Dimm_LandsWhereQemuWasSeenToPutIt(MemoryHotPlugRequest request, long? automatic, long? advised, bool comesOnline, string[] codes)
    {
        var plan = MemoryHotPlug.Plan(request);
        Assert.That((plan.Automatic?.Address.Bytes, plan.Advised?.Address.Bytes, plan.ComesOnline), Is.EqualTo((automatic, advised, comesOnline)));
        Assert.That(plan.Codes, Is.EqualTo(codes));
        Assert.That(plan.Automatic?.Slot ?? plan.Nvdimms.Count, Is.EqualTo(plan.Nvdimms.Count));
    }

    [Test]
    public void Plan_SeveralNvdimms_TellsWhereTheyAre()
    {
        var plan = MemoryHotPlug.Plan(Request(X86, 512, [Misaligned, Misaligned, Aligned], 128));
        Assert.That(plan.Nvdimms, Is.EqualTo(new[]
        {
            new GuestMemoryDevice(ByteSize.FromBytes(0x100000000), Misaligned.GuestSize, 0),
            new GuestMemoryDevice(ByteSize.FromBytes(0x1181e0000), Misaligned.GuestSize, 1),
            new GuestMemoryDevice(ByteSize.FromBytes(0x130400000), Aligned.GuestSize, 2),
        }));
        Assert.That(plan.MemoryBlock, Is.EqualTo(Alignment.FromMiB(128)));
    }

    [Test]
    public void Plan_AfterTheAdvisedDimm_AutomaticOnesComeOnline()
    {
        var request = Request(X86, 512, [Misaligned], 128);
        var first = MemoryHotPlug.Plan(request).Advised!.Value;
        var second = MemoryHotPlug.Plan(request with { Present = [first], DimmSize = ByteSize.FromGiB(1) });
        Assert.That(second.Automatic, Is.EqualTo(new GuestMemoryDevice(ByteSize.FromBytes(0x128000000), ByteSize.FromGiB(1), 2)));
        Assert.That((second.ComesOnline, second.Findings), Is.EqualTo((true, ValueList<Finding>.Empty)));
    }

    /// <summary>
    /// Behind an NVDIMM of 385.875 or 384 MiB: of q35, of i440fx, which keeps less below 4 GiB, and of q35 with an AMD processor, moved to 1 TiB.
    /// </summary>
    [TestCase(512, 16, 395136, 0x100000000, 0x118200000, 0x120000000)]
    [TestCase(512, 16, 393216, 0x100000000, 0x118000000, 0x118000000)]
    [TestCase(4096, 20, 395136, 0x140000000, 0x158200000, 0x160000000)]
    [TestCase(512, 970, 395136, 0x10000000000, 0x10018200000, 0x10020000000)]
    public void Plan_RunningGuest_ShowsWhereItsMemoryDevicesBegin(long ramMiB, long maxGiB, long guestKiB, long start, long automatic, long advised)
    {
        var begin = ByteSize.FromBytes(start);
        var plan = MemoryHotPlug.Plan(new MemoryHotPlugRequest
        {
            Architecture = X86,
            Ram = ByteSize.FromMiB(ramMiB),
            MaxMemory = ByteSize.FromGiB(maxGiB),
            DimmSize = ByteSize.FromMiB(256),
            Present = [new GuestMemoryDevice(begin, ByteSize.FromKiB(guestKiB), 0)],
            Start = begin,
        });
        var size = ByteSize.FromMiB(256);
        Assert.That(
            (plan.Automatic, plan.Advised),
            Is.EqualTo((new GuestMemoryDevice(ByteSize.FromBytes(automatic), size, 1), new GuestMemoryDevice(ByteSize.FromBytes(advised), size, 1))));
    }

    [TestCase(384, 0x108000000)]
    [TestCase(386, 0x128000000)]
    public void Plan_PresentDevices_LeaveTheFirstGapThatIsLargeEnough(long dimmMiB, long automatic)
    {
        var size = ByteSize.FromMiB(128);
        ValueList<GuestMemoryDevice> present = [new(ByteSize.FromBytes(0x120000000), size, 2), new(ByteSize.FromBytes(0x100000000), size, 0)];
        var plan = MemoryHotPlug.Plan(Request(X86, 512, [], dimmMiB) with { Present = present });
        Assert.That(plan.Automatic, Is.EqualTo(new GuestMemoryDevice(ByteSize.FromBytes(automatic), ByteSize.FromMiB(dimmMiB), 1)));
    }

    /// <summary>A memfd is aligned to its pages of 4 KiB only, huge pages of 1 GiB to theirs.</summary>
    [TestCase(4, 0x1181e0000, 0x120000000)]
    [TestCase(1 << 20, 0x140000000, 0x140000000)]
    public void Plan_OtherMemory_IsAlignedToItsPages(long alignKiB, long automatic, long advised)
    {
        var plan = MemoryHotPlug.Plan(Request(X86, 512, [Misaligned], 1024) with { DimmAlign = Alignment.FromKiB(alignKiB) });
        Assert.That((plan.Automatic!.Value.Address.Bytes, plan.Advised!.Value.Address.Bytes), Is.EqualTo((automatic, advised)));
    }

    [Test]
    public void Plan_HugePageLargerThanTheDimm_DoesNotFit()
    {
        var plan = MemoryHotPlug.Plan(Request(X86, 512, [Aligned], 128) with { DimmAlign = Alignment.FromMiB(1024) });
        Assert.That((plan.Automatic, plan.Advised), Is.EqualTo(((GuestMemoryDevice?)null, (GuestMemoryDevice?)null)));
        Assert.That(plan.Findings.Single()["step"], Is.EqualTo("1073741824"));
    }

    /// <summary>Seen: "not enough space", "no free slots available", "memory fragmented due to alignments".</summary>
    [Test]
    public void Plan_NoRoom_SaysWhy()
    {
        var exact = Request(X86, 512, [Misaligned], 128) with { MaxMemory = ByteSize.FromMiB(512 + 386 + 128) };
        Assert.That(MemoryHotPlug.Plan(exact).Advised, Is.Not.Null);
        AssertNoRoom(exact with { DimmSize = ByteSize.FromMiB(256) }, "134348800 bytes are left");
        AssertNoRoom(exact with { Slots = 1 }, "all 1 memory slots");
        AssertNoRoom(exact with { Slots = 0 }, "all 0 memory slots");

        var power = Request(Power, 1280, [PowerOne, KeptPower(1024, 1 << 20)], 256) with { MaxMemory = ByteSize.FromMiB(1280 + 256 + 1024 + 512) };
        AssertNoRoom(power, "no free range");
        Assert.That(MemoryHotPlug.Plan(power).Nvdimms, Has.Count.EqualTo(1));
    }

    /// <summary>libvirt 9.0.0 makes 1573001 KiB of maximum memory 1573888 KiB, on POWER 1835008 KiB.</summary>
    [Test]
    public void Plan_OddMaximumMemory_IsRoundedUpAsLibvirtDoes()
    {
        var x86 = new MemoryHotPlugRequest
        {
            Architecture = X86,
            Ram = ByteSize.FromMiB(1024),
            MaxMemory = ByteSize.FromKiB(1573001),
            DimmSize = ByteSize.FromMiB(512),
        };
        Assert.That(MemoryHotPlug.Plan(x86).Automatic, Is.Not.Null);
        AssertNoRoom(x86 with { DimmSize = ByteSize.FromMiB(640) }, $"{513L << 20} bytes are left");
        var power = x86 with { Architecture = Power, DimmSize = ByteSize.FromMiB(768) };
        Assert.That(MemoryHotPlug.Plan(power).Automatic, Is.Not.Null);
        AssertNoRoom(power with { DimmSize = ByteSize.FromMiB(1024) }, $"{768L << 20} bytes are left");
    }

    /// <summary>Seen: 959 GiB of maximum memory start, 970 GiB move everything to 1 TiB, as the emulated processor is AMD's.</summary>
    [Test]
    public void Plan_NearOneTiB_IsNotKnown()
    {
        var request = Request(X86, 512, [Aligned], 128);
        Assert.That(MemoryHotPlug.Plan(request with { MaxMemory = ByteSize.FromGiB(959) }).Findings, Is.Empty);
        var plan = MemoryHotPlug.Plan(request with { MaxMemory = ByteSize.FromGiB(970) });
        Assert.That(plan.Codes, Is.EqualTo([NvdimmCodes.DimmAddressUnknown]));
        Assert.That((plan.Automatic, plan.Advised, plan.ComesOnline, plan.IsKnown), Is.EqualTo(((GuestMemoryDevice?)null, (GuestMemoryDevice?)null, false, false)));
        Assert.That(MemoryHotPlug.Plan(request with { MaxMemory = ByteSize.FromGiB(970), HasAmdCpu = true }).Codes, Is.EqualTo(plan.Codes));
    }

    /// <summary>Seen: with the vendor GenuineIntel nothing moves at 970 GiB; from 1 TiB on it is the same, with more address bits.</summary>
    [TestCase(970)]
    [TestCase(4096)]
    public void Plan_NearOneTiB_NoAmdCpu_StaysInItsPlace(int maxGiB)
    {
        var request = Request(X86, 512, [Aligned], 128);
        var plan = MemoryHotPlug.Plan(request with { MaxMemory = ByteSize.FromGiB(maxGiB), HasAmdCpu = false });
        Assert.That((plan.IsKnown, plan.Automatic, plan.Nvdimms), Is.EqualTo((true, MemoryHotPlug.Plan(request).Automatic, MemoryHotPlug.Plan(request).Nvdimms)));
    }

    [Test]
    public void Plan_ArgumentsOutOfRange_Throw()
    {
        var good = Request(X86, 512, [Aligned], 128);
        var beyond = ByteSize.FromBytes((1L << 52) + 1);
        MemoryHotPlugRequest[] bad =
        [
            good with { Ram = ByteSize.Zero },
            good with { DimmSize = ByteSize.Zero },
            good with { DimmSize = beyond },
            good with { MaxMemory = beyond },
            good with { MaxMemory = ByteSize.FromMiB(511) },
            good with { Slots = -1 },
            good with { Slots = 257 },
            good with { DimmAlign = Alignment.FromBytes(3) },
            good with { DimmAlign = Alignment.FromMiB(2 << 20) },
            good with { Architecture = GuestArchitecture.FromName("s390x") },
            good with { Start = beyond },
            good with { Present = [new GuestMemoryDevice(beyond, ByteSize.Zero, 0)] },
            good with { Present = [new GuestMemoryDevice(ByteSize.Zero, beyond, 0)] },
            good with { Present = [.. Enumerable.Repeat(default(GuestMemoryDevice), 257)] },
        ];
        foreach (var request in bad)
        {
            Assert.That(() => MemoryHotPlug.Plan(request), Throws.InstanceOf<ArgumentException>(), $"{request}");
        }

        Assert.That(() => MemoryHotPlug.Plan(null!), Throws.ArgumentNullException);
    }

    /// <summary>Nothing overflows where all is as large as it may be.</summary>
    [Test]
    public void Plan_LargestArguments_AreJudged()
    {
        var largest = ByteSize.FromBytes(1L << 52);
        var present = Enumerable.Range(0, 256).Select(slot => new GuestMemoryDevice(largest, largest, slot)).ToValueList();
        var request = new MemoryHotPlugRequest
        {
            Architecture = Power,
            Ram = ByteSize.FromMiB(256),
            MaxMemory = largest,
            DimmSize = largest,
            Slots = 256,
            Present = present,
            Start = largest,
        };
        AssertNoRoom(request, "all 256 memory slots");
        AssertNoRoom(request with { Present = present.Take(9).ToValueList() }, "0 bytes are left");
    }

    private static void AssertNoRoom(MemoryHotPlugRequest request, string reason)
    {
        var plan = MemoryHotPlug.Plan(request);
        Assert.That((plan.Automatic, plan.Advised), Is.EqualTo(((GuestMemoryDevice?)null, (GuestMemoryDevice?)null)));
        var finding = plan.Findings.Single();
        Assert.That((finding.Code, finding.Severity), Is.EqualTo((NvdimmCodes.DimmNoRoom, Severity.Error)));
        Assert.That(finding["reason"], Does.StartWith(reason));
    }

    private static NvdimmLayout Kept(GuestArchitecture architecture, long targetMiB, long alignKiB) => NvdimmSizer.Keep(
        new SizingRequest(architecture, ByteSize.FromMiB(targetMiB)), ByteSize.FromMiB(targetMiB), Alignment.FromKiB(alignKiB)).Layout!;

    private static NvdimmLayout KeptPower(long guestMiB, long alignKiB)
    {
        var size = ByteSize.FromMiB(guestMiB) + SizingRequest.OvirtLabelSize;
        return NvdimmSizer.Keep(new SizingRequest(Power, size), size, Alignment.FromKiB(alignKiB)).Layout!;
    }

    private static MemoryHotPlugRequest Request(GuestArchitecture architecture, long ramMiB, NvdimmLayout[] nvdimms, long dimmMiB) =>
        new()
        {
            Architecture = architecture,
            Ram = ByteSize.FromMiB(ramMiB),
            MaxMemory = ByteSize.FromMiB(ramMiB) + ByteSize.FromGiB(16),
            DimmSize = ByteSize.FromMiB(dimmMiB),
            Nvdimms = [.. nvdimms],
        };

    private static TestCaseData Lands(
        string name, GuestArchitecture architecture, long ramMiB, NvdimmLayout[] nvdimms, long dimmMiB, long? automatic, long? advised, bool comesOnline, params string[] codes) =>
        new TestCaseData(Request(architecture, ramMiB, nvdimms, dimmMiB), automatic, advised, comesOnline, codes).SetArgDisplayNames(name);

    /// <summary>The texts have the figures: sizes in bytes, addresses as libvirt writes them.</summary>
    [Test]
    public void Findings_HaveTheirFigures()
    {
        var request = new MemoryHotPlugRequest
        {
            Architecture = X86,
            Ram = ByteSize.FromGiB(1),
            MaxMemory = ByteSize.FromGiB(8),
            DimmSize = ByteSize.FromMiB(128),
            Slots = 2,
            Nvdimms = [Kept(X86, 1024, 2048)],
        };
        var misaligned = MemoryHotPlug.Plan(request).Findings.Single();
        Assert.That(
            (misaligned.Code, misaligned["dimmSize"], misaligned["address"], misaligned["memoryBlock"], misaligned["advised"]),
            Is.EqualTo((NvdimmCodes.DimmMisaligned, "134217728", "0x13fe00000", "134217728", "0x140000000")));

        var size = MemoryHotPlug.Plan(request with { DimmSize = ByteSize.FromMiB(127) }).Findings.Single();
        Assert.That((size.Code, size["dimmSize"], size["step"]), Is.EqualTo((NvdimmCodes.DimmSize, "133169152", "134217728")));

        var dimm = MemoryHotPlug.Plan(request with { Slots = 1 }).Findings.Single();
        Assert.That((dimm.Code, dimm["what"]), Is.EqualTo((NvdimmCodes.DimmNoRoom, "a DIMM of 134217728 bytes")));
        var nvdimm = MemoryHotPlug.Plan(request with { Slots = 0 }).Findings.Single();
        Assert.That((nvdimm.Code, nvdimm["what"]), Is.EqualTo((NvdimmCodes.DimmNoRoom, "NVDIMM 1")));
        Assert.That(() => MemoryHotPlug.Plan(request with { Slots = -1 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
