using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

public sealed class DomainMemoryTests
{
    private static readonly NvdimmLayout Even = Layout(ByteSize.FromGiB(1), Alignment.FromMiB(2));
    private static readonly NvdimmLayout Rounded = Layout(ByteSize.FromMiB(1025), Alignment.FromKiB(4));

    [Test]
    public void MaxMemory_AddsTheBackendSizes()
    {
        Assert.That(DomainMemory.MaxMemory(ByteSize.FromGiB(16), []), Is.EqualTo(ByteSize.FromGiB(16)));
        Assert.That(DomainMemory.MaxMemory(ByteSize.FromGiB(16), [Even, Even]), Is.EqualTo(ByteSize.FromGiB(16) + ByteSize.FromMiB(1796)));
        Assert.That(Rounded.TargetSize, Is.Not.EqualTo(Rounded.BackendSize));
        Assert.That(DomainMemory.MaxMemory(ByteSize.Zero, [Rounded]), Is.EqualTo(Rounded.BackendSize));
        Assert.That(() => DomainMemory.MaxMemory(ByteSize.Zero, null!), Throws.ArgumentNullException);
        Assert.That(() => DomainMemory.MaxMemory(ByteSize.FromBytes(long.MaxValue), [Even]), Throws.TypeOf<OverflowException>());
    }

    [TestCase(0, 0, 16)]
    [TestCase(4, 3, 9)]
    [TestCase(16, 0, 0)]
    [TestCase(0, 16, 0)]
    public void SlotsLeft_CountsBoth(int nvdimms, int others, int left) => Assert.That(DomainMemory.SlotsLeft(nvdimms, others), Is.EqualTo(left));

    [TestCase(17, 0)]
    [TestCase(0, 17)]
    [TestCase(10, 7)]
    [TestCase(-1, 0)]
    [TestCase(0, -1)]
    [TestCase(int.MaxValue, int.MaxValue)]
    public void SlotsLeft_Impossible_Throws(int nvdimms, int others) =>
        Assert.That(() => DomainMemory.SlotsLeft(nvdimms, others), Throws.TypeOf<ArgumentOutOfRangeException>());

    // oVirt Engine 4.5.7, VmInfoBuildUtils.tsegSizeMB: whole TiB plus one, also at exactly 1 TiB.
    [TestCase(127, 16383, 0, null)]
    [TestCase(127, 16384, 0, 24)]
    [TestCase(128, 1024, 0, 48)]
    [TestCase(128, 16384, 0, 48)]
    [TestCase(1, 1048575, 0, 24)]
    [TestCase(1, 1048576, 0, 32)]
    [TestCase(1, 1047677, 1, 24)]
    [TestCase(1, 1047678, 1, 32)]
    [TestCase(200, 2097152, 0, 64)]
    public void TsegSize_OfLargeUefiGuests(int vcpus, long maxMemoryMiB, int nvdimms, int? expectedMiB)
    {
        var layouts = Enumerable.Repeat(Even, nvdimms).ToList();
        var expected = expectedMiB is { } mebibytes ? ByteSize.FromMiB(mebibytes) : (ByteSize?)null;
        Assert.That(DomainMemory.TsegSize(isUefi: true, vcpus, ByteSize.FromMiB(maxMemoryMiB), layouts), Is.EqualTo(expected));
        Assert.That(DomainMemory.TsegSize(isUefi: false, vcpus, ByteSize.FromMiB(maxMemoryMiB), layouts), Is.Null);
    }

    [Test]
    public void TsegSize_CountsTargetSizes()
    {
        var justBelow = ByteSize.FromMiB(1 << 20) - Rounded.BackendSize;
        Assert.That(DomainMemory.TsegSize(isUefi: true, 1, justBelow, [Rounded]), Is.EqualTo(ByteSize.FromMiB(24)));
        Assert.That(() => DomainMemory.TsegSize(isUefi: false, 1, justBelow, null!), Throws.ArgumentNullException);
    }

    [Test]
    public void NetMemory_TakesTheNvdimmsOff()
    {
        Assert.That(DomainMemory.NetMemory(ByteSize.FromGiB(5), [ByteSize.FromGiB(1), ByteSize.FromGiB(2)]), Is.EqualTo(ByteSize.FromGiB(2)));
        Assert.That(DomainMemory.NetMemory(ByteSize.FromGiB(5), []), Is.EqualTo(ByteSize.FromGiB(5)));
        Assert.That(DomainMemory.NetMemory(ByteSize.FromGiB(2), [ByteSize.FromGiB(2)]), Is.Null);
        Assert.That(DomainMemory.NetMemory(ByteSize.FromGiB(2), [ByteSize.FromGiB(3)]), Is.Null);
        Assert.That(() => DomainMemory.NetMemory(ByteSize.FromGiB(2), null!), Throws.ArgumentNullException);
    }

    private static NvdimmLayout Layout(ByteSize device, Alignment? align) =>
        NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, device) { Align = align }).Layout!;
}
