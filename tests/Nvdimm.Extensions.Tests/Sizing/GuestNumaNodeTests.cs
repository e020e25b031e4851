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

    /// <summary>What the engine's own getVmNumaNodes answers (4.4.4, 4.5.0, 4.5.4, 4.5.7 and 0111fc6, run).</summary>
    [TestCase(4, 4, true, "0", TestName = "OfEngine_WithoutNodes_CpusCanBePlugged_IsNode0")]
    [TestCase(4, 16, false, "0", TestName = "OfEngine_WithoutNodes_MemoryCanBePlugged_IsNode0")]
    [TestCase(4, 4, false, "", TestName = "OfEngine_WithoutNodes_NothingCanBePlugged_IsNone")]
    public void OfEngine_WithoutNodes(int memory, int maxMemory, bool canPlugCpus, string nodes)
    {
        var made = GuestNumaNode.OfEngine([], ByteSize.FromGiB(memory), ByteSize.FromGiB(maxMemory), canPlugCpus);
        Assert.That(string.Join(',', made.Select(node => node.Index)), Is.EqualTo(nodes));
        Assert.That(made.All(node => node.HostNodes.Count == 0));
    }

    [Test]
    public void OfEngine_ComparesWholeMebibytes()
    {
        var memory = ByteSize.FromMiB(256);
        Assert.That(GuestNumaNode.OfEngine([], memory, memory + ByteSize.FromKiB(1023), canPlugCpus: false), Is.Empty);
        Assert.That(GuestNumaNode.OfEngine([], memory, memory + ByteSize.FromMiB(1), canPlugCpus: false), Has.Count.EqualTo(1));
    }

    [TestCase(true, 1)]
    [TestCase(false, 0)]
    public void OfEngine_DeviceOfNoNode_GoesToTheFewestCpusWhereCpusCanBePlugged(bool canPlugCpus, int guestNode)
    {
        ValueList<GuestNumaNode> configured = [First with { Cpus = 3 }, Second with { Cpus = 1 }];
        var nodes = GuestNumaNode.OfEngine(configured, ByteSize.FromGiB(4), ByteSize.FromGiB(4), canPlugCpus);
        Assert.That(GuestNumaNode.ForDevice(nodes, 7)?.Index, Is.EqualTo(guestNode));
        Assert.That(GuestNumaNode.ForDevice(nodes, 1)?.Index, Is.Zero, "the node that is pinned there goes before");
    }

    [Test]
    public void OfEngine_Null_Throws() => Assert.That(() => GuestNumaNode.OfEngine(null!, default, default, canPlugCpus: true), Throws.ArgumentNullException);

    [Test]
    public void ForDevice_Null_Throws() => Assert.That(() => GuestNumaNode.ForDevice(null!, 0), Throws.ArgumentNullException);
}
