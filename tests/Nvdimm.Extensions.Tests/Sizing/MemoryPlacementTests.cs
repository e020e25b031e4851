using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>Addresses measured with QEMU 7.2 (q35): an NVDIMM of 385.875 MiB at 4 GiB, then DIMMs.</summary>
public sealed class MemoryPlacementTests
{
    private const long Base = 1L << 32;
    private static readonly Alignment Module = Alignment.FromMiB(2);

    [TestCase(385.875, 0x118200000)]
    [TestCase(384, 0x118000000)]
    public void Chosen_IsBehindTheNvdimm(double guestMiB, long expected) =>
        Assert.That(MemoryPlacement.Chosen([At(Base, guestMiB)], ByteSize.FromMiB(128), Module), Is.EqualTo(ByteSize.FromBytes(expected)));

    [Test]
    public void Chosen_IsTheFirstGapThatIsLargeEnough()
    {
        (ByteSize, ByteSize)[] taken = [At(Base + (512L << 20), 128), At(Base, 128)];
        Assert.That(MemoryPlacement.Chosen(taken, ByteSize.FromMiB(384), Module), Is.EqualTo(ByteSize.FromBytes(Base + (128L << 20))));
        Assert.That(MemoryPlacement.Chosen(taken, ByteSize.FromMiB(385), Module), Is.EqualTo(ByteSize.FromBytes(Base + (640L << 20))));
    }

    [Test]
    public void Behind_IsAlignedToTheBlock() =>
        Assert.That(MemoryPlacement.Behind([At(Base, 385.875)], Alignment.FromMiB(128)), Is.EqualTo(ByteSize.FromBytes(0x120000000)));

    [Test]
    public void WithoutMemoryDevices_NothingIsKnown() =>
        Assert.That((MemoryPlacement.Chosen([], ByteSize.FromMiB(128), Module), MemoryPlacement.Behind([], Module)), Is.EqualTo(((ByteSize?)null, (ByteSize?)null)));

    private static (ByteSize Address, ByteSize Size) At(long address, double mebibytes) => (ByteSize.FromBytes(address), ByteSize.FromBytes((long)(mebibytes * (1 << 20))));
}
