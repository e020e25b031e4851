using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>Inputs beside the device's size and alignment, and what the findings say of them.</summary>
public sealed class SizerInputTests
{
    private static readonly SizingRequest Good = new(GuestArchitecture.X86_64, ByteSize.FromGiB(1)) { Align = Alignment.FromMiB(2) };

    [Test]
    public void For_Device_TakesItsSizeAlignAndMode()
    {
        var device = new NvdimmDevice { Name = "namespace0.0", Size = ByteSize.FromGiB(1), Align = Alignment.FromMiB(2), Mode = NamespaceMode.Devdax };
        var expected = new SizingRequest(GuestArchitecture.Ppc64, ByteSize.FromGiB(1)) { Align = Alignment.FromMiB(2), IsDevdax = true };
        Assert.That(SizingRequest.For(GuestArchitecture.Ppc64, device), Is.EqualTo(expected));
        Assert.That(SizingRequest.For(GuestArchitecture.Ppc64, device with { Mode = NamespaceMode.Fsdax })!.Value.IsDevdax, Is.False);
        Assert.That(SizingRequest.For(GuestArchitecture.Ppc64, device with { Size = null }), Is.Null);
        Assert.That(() => SizingRequest.For(GuestArchitecture.Ppc64, null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Default_IsRefused()
    {
        var sized = NvdimmSizer.Size(default);
        Assert.That(sized.Codes, Does.Contain(NvdimmCodes.LabelTooSmall));
        Assert.That(sized.IsRefused, Is.True);
    }

    [TestCase(131072, true)]
    [TestCase(131071, false)]
    [TestCase(0, false)]
    public void LabelSize_HasAMinimum(long bytes, bool isEnough) =>
        Assert.That(NvdimmSizer.Size(Good with { LabelSize = ByteSize.FromBytes(bytes) }).Codes.Contains(NvdimmCodes.LabelTooSmall), Is.Not.EqualTo(isEnough));

    [TestCase(132096, true)]
    [TestCase(132097, false)]
    public void LabelSize_IsInKiB(long bytes, bool isWhole) =>
        Assert.That(NvdimmSizer.Size(Good with { LabelSize = ByteSize.FromBytes(bytes) }).Codes.Contains(NvdimmCodes.LabelNotKiB), Is.Not.EqualTo(isWhole));

    [Test]
    public void LabelSize_Larger_MovesTheLabelAndTakesFromTheGuest()
    {
        var sized = NvdimmSizer.Size(Good with { LabelSize = ByteSize.FromMiB(3), Strategy = SizingStrategy.Largest });
        Assert.That(sized.TargetSize, Is.EqualTo(ByteSize.FromMiB(900)));
        Assert.That(sized.Layout?.LabelOffset, Is.EqualTo(ByteSize.FromMiB(897)));
        Assert.That(sized.Layout?.GuestSize, Is.EqualTo(ByteSize.FromMiB(896)));
    }

    [Test]
    public void LabelSize_ThatFillsTwoMebibytes_TakesNoMore()
    {
        var sized = NvdimmSizer.Size(Good with { LabelSize = ByteSize.FromMiB(2), Strategy = SizingStrategy.Largest });
        Assert.That((sized.TargetSize, sized.Layout?.GuestSize), Is.EqualTo(((ByteSize?)ByteSize.FromMiB(898), (ByteSize?)ByteSize.FromMiB(896))));
    }

    [TestCase("x86_64")]
    [TestCase("ppc64")]
    public void LabelSize_LargerThanTheDevice_LeavesNothing(string architecture)
    {
        var request = new SizingRequest(GuestArchitecture.FromName(architecture), ByteSize.FromMiB(1)) { LabelSize = ByteSize.FromGiB(1), Strategy = SizingStrategy.Largest };
        Assert.That(NvdimmSizer.Size(request).Codes, Is.EqualTo([NvdimmCodes.DeviceTooSmall]));
    }

    [TestCase(4096, 4096, true)]
    [TestCase(65536, 4096, false)]
    [TestCase(65536, 65536, true)]
    [TestCase(65536, 131072, true)]
    public void HostPageSize_IsTheSmallestAlignment(long page, long align, bool isAligned)
    {
        var sized = NvdimmSizer.Size(Good with { HostPageSize = Alignment.FromBytes(page), Align = Alignment.FromBytes(align) });
        var finding = sized.Findings.SingleOrDefault(finding => finding.Code == NvdimmCodes.AlignBelowPage);
        Assert.That(finding is null, Is.EqualTo(isAligned));
        Assert.That(finding?["pageSize"], Is.EqualTo(isAligned ? null : $"{page}"));
    }

    [Test]
    public void Devdax_WithoutAlign_IsRefused()
    {
        Assert.That(NvdimmSizer.Size(Good with { IsDevdax = true, Align = null }).Codes, Is.EqualTo([NvdimmCodes.DevdaxAlignUnknown]));
        Assert.That(NvdimmSizer.Size(Good with { IsDevdax = false, Align = null }).Codes, Is.Empty);
    }

    // facts: a dax device can only be mapped in multiples of its own alignment; POWER's backend has 128 KiB beyond whole blocks.
    [TestCase(64, true)]
    [TestCase(128, true)]
    [TestCase(2048, false)]
    public void Devdax_OnPower_NeedsAnAlignmentThatDividesTheLabel(long alignKiB, bool isMappable)
    {
        var request = new SizingRequest(GuestArchitecture.Ppc64, ByteSize.FromMiB(600)) { Align = Alignment.FromKiB(alignKiB), IsDevdax = true };
        var sized = NvdimmSizer.Size(request);
        Assert.That(sized.Codes, isMappable ? Is.Empty : Is.EqualTo([NvdimmCodes.DevdaxNotMultiple]));
        Assert.That(NvdimmSizer.Size(request with { IsDevdax = false }).Codes, Is.Empty);
    }

    [TestCase(2L * 1024 * 1024, 1L << 30)]
    [TestCase(1L << 30, 3L << 30)]
    public void Devdax_OnX86_IsAlwaysAMultiple(long align, long device) =>
        Assert.That(NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromBytes(device)) { Align = Alignment.FromBytes(align), IsDevdax = true }).Codes, Is.Empty);

    [Test]
    public void Size_Above2To62_IsOutOfRange()
    {
        var over = ByteSize.FromBytes((1L << 62) + 1);
        Assert.That(WhatIsOutOfRange(Good with { DeviceSize = over }), Is.EqualTo(["device size"]));
        Assert.That(WhatIsOutOfRange(Good with { LabelSize = ByteSize.FromBytes((1L << 61) + 1) }), Is.EqualTo(["label size"]));
        Assert.That(WhatIsOutOfRange(Good with { Align = Alignment.FromBytes(over.Bytes) }), Is.EqualTo(["alignment"]));
        Assert.That(
            WhatIsOutOfRange(Good with { DeviceSize = over, LabelSize = ByteSize.FromBytes(long.MaxValue), Align = Alignment.FromBytes(long.MaxValue) }),
            Is.EqualTo(["device size", "label size", "alignment"]));
    }

    [TestCase("x86_64", SizingStrategy.Ovirt)]
    [TestCase("x86_64", SizingStrategy.Largest)]
    [TestCase("ppc64", SizingStrategy.Ovirt)]
    [TestCase("ppc64", SizingStrategy.Largest)]
    public void Size_Of2To62_DoesNotOverflow(string architecture, SizingStrategy strategy)
    {
        var request = new SizingRequest(GuestArchitecture.FromName(architecture), ByteSize.FromBytes(1L << 62)) { Strategy = strategy };
        Assert.That(NvdimmSizer.Size(request).Codes, Does.Not.Contain(NvdimmCodes.SizeOutOfRange));
        Assert.That(NvdimmSizer.Size(request with { LabelSize = ByteSize.FromBytes(1L << 61) }).Codes, Does.Not.Contain(NvdimmCodes.SizeOutOfRange));
        Assert.That(NvdimmSizer.Size(request with { Align = Alignment.FromBytes(1L << 62) }).IsRefused, Is.True);
    }

    [Test]
    public void Findings_HaveTheFiguresTheyAreAbout()
    {
        var notPower = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromGiB(1)) { Align = Alignment.FromBytes(6144) }).Findings;
        Assert.That(notPower.Select(finding => finding.Code), Is.EqualTo([NvdimmCodes.AlignNotPowerOfTwo, NvdimmCodes.AlignBelowPage, NvdimmCodes.AlignIncompatible]));
        Assert.That(notPower[0]["align"], Is.EqualTo("6144"));
        Assert.That(notPower[2]["hotPlugBlock"], Is.EqualTo("134217728"));

        var minimum = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.Ppc64, ByteSize.FromMiB(1))).Findings.Single();
        Assert.That((minimum["targetSize"], minimum["labelSize"], minimum["minimum"]), Is.EqualTo(("131072", "131072", "268435456")));

        var larger = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.Ppc64, ByteSize.FromGiB(1))).Findings.Single();
        Assert.That((larger["backendSize"], larger["deviceSize"]), Is.EqualTo(("1073872896", "1073741824")));

        var dax = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.Ppc64, ByteSize.FromMiB(600)) { Align = Alignment.FromMiB(2), IsDevdax = true }).Findings.Single();
        Assert.That((dax["align"], dax["backendSize"]), Is.EqualTo(("2097152", "537001984")));

        var misaligned = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(256)) { Align = Alignment.FromKiB(4) }).Findings.Single();
        Assert.That((misaligned["guestSize"], misaligned["hotPlugBlock"], misaligned.Severity), Is.EqualTo(("136183808", "134217728", Severity.Warning)));

        var label = NvdimmSizer.Size(Good with { LabelSize = ByteSize.FromBytes(1) }).Findings;
        Assert.That(label.Select(finding => finding["labelSize"]), Is.EqualTo(["1", "1"]));

        var small = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(1))).Findings.Single();
        Assert.That((small["deviceSize"], small["align"]), Is.EqualTo(("1048576", "134217728")));

        var other = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.FromName("s390x"), ByteSize.FromGiB(1))).Findings.Single();
        Assert.That(other["architecture"], Is.EqualTo("s390x"));
    }

    private static string?[] WhatIsOutOfRange(SizingRequest request) =>
        [.. NvdimmSizer.Size(request).Findings.Where(finding => finding.Code == NvdimmCodes.SizeOutOfRange).Select(finding => finding["what"])];
}
