using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>Blocks that Linux 6.1 guests were seen to use, by boot RAM (QEMU 7.2, q35).</summary>
public sealed class GuestMemoryBlockTests
{
    [TestCase(0, 128)]
    [TestCase(4 * 1024, 128)]
    [TestCase(32 * 1024, 128)]
    [TestCase((62 * 1024) - 1, 128)]
    [TestCase(63 * 1024, 1024)]
    [TestCase(64 * 1024, 2048)]
    [TestCase((64 * 1024) + 128, 128)]
    [TestCase((64 * 1024) + 256, 256)]
    [TestCase((64 * 1024) + 1, 128)]
    [TestCase(65 * 1024, 1024)]
    [TestCase(128 * 1024, 2048)]
    public void Of_X86_DependsOnTheRam(long ramMiB, long blockMiB) =>
        Assert.That(GuestMemoryBlock.Of(GuestArchitecture.X86_64, ByteSize.FromMiB(ramMiB)), Is.EqualTo(Alignment.FromMiB(blockMiB)));

    [Test]
    public void Of_X86_BeginsAt62GiBOfRam() =>
        Assert.That(GuestMemoryBlock.Of(GuestArchitecture.X86_64, ByteSize.FromGiB(62)), Is.EqualTo(Alignment.FromMiB(2048)));

    /// <summary>Seen with 65 GiB, Linux 7.2 and <c>hypervisor=off</c>; the others are by the kernel's source.</summary>
    [TestCase((62 * 1024) - 1, 128)]
    [TestCase(62 * 1024, 2048)]
    [TestCase(65 * 1024, 2048)]
    [TestCase((64 * 1024) + 128, 2048)]
    public void Of_X86_WithoutHypervisorBit_IsTheLargest_FromTheSameSizeOn(long ramMiB, long blockMiB) =>
        Assert.That(GuestMemoryBlock.Of(GuestArchitecture.X86_64, ByteSize.FromMiB(ramMiB), hidesHypervisor: true), Is.EqualTo(Alignment.FromMiB(blockMiB)));

    [TestCase(4)]
    [TestCase(64)]
    public void Of_Power_IsItsHotPlugBlock(long ramGiB) =>
        Assert.That(GuestMemoryBlock.Of(GuestArchitecture.Ppc64Le, ByteSize.FromGiB(ramGiB)), Is.EqualTo(Alignment.FromMiB(256)));

    [Test]
    public void Of_OtherArchitecture_Throws() =>
        Assert.That(() => GuestMemoryBlock.Of(GuestArchitecture.FromName("s390x"), ByteSize.Zero), Throws.InvalidOperationException);
}
