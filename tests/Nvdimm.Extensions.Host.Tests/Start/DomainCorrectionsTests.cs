using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>The one finding that lists what was changed in a domain before its start.</summary>
public sealed class DomainCorrectionsTests
{
    private const string Align = "<alignsize unit='KiB'>2048</alignsize>";

    private static readonly ValueList<NvdimmElement> Asked = Read(RefusalRows.Nvdimm(align: Align, attributes: " access='private'"));

    [Test]
    public void EachChange_IsSaidWithWhatStoodThere() => AssertSaid(
        RefusalRows.Nvdimm(size: "524416", align: Align, label: "<label><size unit='KiB'>256</size></label>", node: "<node>1</node>"),
        null,
        null,
        "/dev/pmem0 gets size 537001984 in place of 536870912, label 262144 in place of 131072, node 1 in place of 0, access shared");

    [Test]
    public void Changes_AreJoined()
    {
        const string Uuid = "49545eb3-75e1-2d0a-acdd-f0294406c99e";
        AssertSaid(
            RefusalRows.Nvdimm(align: Align + "<pmem/>", attributes: " access='private'", uuid: $"<uuid>{Uuid}</uuid>"),
            2048,
            4096,
            $"/dev/pmem0 gets uuid {Uuid}, pmem yes; maxMemory becomes 4096 in place of 2048");
    }

    [Test]
    public void WhatItHadAlready_IsNoChange()
    {
        var full = RefusalRows.Nvdimm(align: Align + "<pmem/>", uuid: "<uuid>49545eb3-75e1-2d0a-acdd-f0294406c99e</uuid>");
        Assert.That(DomainCorrections.Of(Read(full), Read(full), null, null)["changes"], Is.Empty);
        var bare = RefusalRows.Nvdimm(label: "");
        Assert.That(DomainCorrections.Of(Read(bare), Read(bare), null, null)["changes"], Is.Empty);
    }

    /// <summary>A label and an alignment can go; what else goes is not said, since nothing is taken away but these.</summary>
    [Test]
    public void LabelAndAlignment_ThatGo_BecomeNone() => AssertSaid(
        RefusalRows.Nvdimm(label: "", attributes: " access='private'"),
        null,
        null,
        "/dev/pmem0 gets alignsize none in place of 2097152, label none in place of 131072");

    [TestCase(null, 4096, "maxMemory becomes 4096")]
    [TestCase(2048, 4096, "maxMemory becomes 4096 in place of 2048")]
    public void Maximum_IsSaid(long? before, long after, string expected) =>
        AssertSaid(RefusalRows.Nvdimm(align: Align, attributes: " access='private'"), before, after, expected);

    /// <summary>What was added beside the asked NVDIMMs is none of their changes.</summary>
    [Test]
    public void NothingIsSaidOfWhatStays_OrOfAnotherPath() =>
        AssertSaid(RefusalRows.Nvdimm("/dev/pmem1", size: "1048576"), 2048, 2048, "");

    private static ValueList<NvdimmElement> Read(string nvdimm) => DomainNvdimms.Read(RefusalRows.Domain(nvdimm)).Elements;

    private static void AssertSaid(string changed, long? before, long? after, string expected)
    {
        var said = DomainCorrections.Of(Asked, Read(changed), Size(before), Size(after));
        Assert.That((said.Code, said["changes"]), Is.EqualTo((NvdimmCodes.HookDomainCorrected, expected)));
    }

    private static ByteSize? Size(long? bytes) => bytes is { } value ? ByteSize.FromBytes(value) : null;
}
