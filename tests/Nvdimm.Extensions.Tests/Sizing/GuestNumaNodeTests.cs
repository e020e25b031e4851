using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

public sealed class GuestNumaNodeTests
{
    private static readonly GuestNumaNode First = new(0, [1]);
    private static readonly GuestNumaNode Second = new(1, [0]);
    private static readonly GuestNumaNode Both = new(2, [0, 1]);

    [TestCase(1, 0)]
    [TestCase(0, 1)]
    [TestCase(7, 0)]
    [TestCase(null, 0)]
    public void ForDevice_PinnedToItsNodeOrElseTheFirst(int? hostNode, int guestNode) =>
        Assert.That(GuestNumaNode.ForDevice([First, Second, Both], hostNode)?.Index, Is.EqualTo(guestNode));

    [Test]
    public void ForDevice_PinnedToSeveral_IsNoMatch() => Assert.That(GuestNumaNode.ForDevice([First, Both], 0), Is.SameAs(First));

    [Test]
    public void ForDevice_WithoutGuestNuma_IsNone() => Assert.That(GuestNumaNode.ForDevice([], 0), Is.Null);

    [Test]
    public void ForDevice_Null_Throws() => Assert.That(() => GuestNumaNode.ForDevice(null!, 0), Throws.ArgumentNullException);
}
