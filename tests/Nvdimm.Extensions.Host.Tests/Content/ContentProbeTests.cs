using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Content;

public sealed class ContentProbeTests
{
    private const long TiB = 1L << 40;
    private const long MiB = 1L << 20;

    [Test]
    public void Survey_ReadsOnceAtTheStartAndOnceBeforeEachEnd()
    {
        using var device = new CountedContent(4 * TiB, ContentSamples.Head("ext4"));
        long[] sizes = [TiB, 5 * TiB, TiB, 0, (512 * MiB) - 1024, 4 * TiB];
        var survey = ContentProbe.Survey("/dev/pmem0", device, sizes.Select(ByteSize.FromBytes));
        Assert.That(survey.Found.Single().Type, Is.EqualTo("ext4"));
        Assert.That(device.Reads, Is.EqualTo(
        [
            (0L, 68 << 10),
            (TiB - (64 << 10), 64 << 10),
            ((512 * MiB) - (128 << 10), (128 << 10) - 1024),
            ((4 * TiB) - (64 << 10), 64 << 10),
        ]));
    }

    [TestCase(1)]
    [TestCase(511)]
    [TestCase(4096)]
    [TestCase(69631)]
    [TestCase(69633)]
    public void Survey_DeviceOfAnySize_IsReadToItsEndAndNotBeyond(long size)
    {
        foreach (var (name, head) in ContentSamples.Heads)
        {
            using var device = new CountedContent(size, head);
            var survey = ContentProbe.Survey(name, device, [ByteSize.FromBytes(1), ByteSize.FromBytes(size)]);
            Assert.That(device.Reads.All(read => read.Offset >= 0 && read.Offset + read.Length <= size), Is.True, name);
            Assert.That((survey.DeviceSize?.Bytes, survey.IsReadable), Is.EqualTo((size, true)));
            Assert.That(survey.Found.Count > 0 && survey.IsBlank, Is.False);
        }
    }

    [Test]
    public void Survey_TellsABlankDeviceFromOneOfNoKnownFormat()
    {
        using var folder = new TemporaryFolder();
        var blank = new ContentProbe().Survey(Samples.Device() with { Path = folder.Device(MiB) }, []);
        Assert.That((blank.IsBlank, blank.Found.Count, blank.IsReadable), Is.EqualTo((true, 0, true)));
        var full = new ContentProbe().Survey(Samples.Device() with { Path = folder.Device(MiB, (60_000, [1])) }, []);
        Assert.That((full.IsBlank, full.Found.Count), Is.EqualTo((false, 0)));
        var labelled = new ContentProbe().Survey(Samples.Device() with { Path = folder.Device(MiB, (MiB - (128 << 10), Labels.RealLabels.Read(Labels.RealLabels.TwoNamespaces))) }, []);
        Assert.That((labelled.IsBlank, labelled.Found.Count), Is.EqualTo((true, 0)), "labels are no content");
    }

    [Test]
    public void Survey_WhatCannotBeRead_SaysWhyAndIsNotBlank()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in new[] { folder.PathOf("none"), folder.Path, "/dev/full" })
        {
            var survey = new ContentProbe().Survey(Samples.Device() with { Path = path }, []);
            Assert.That((survey.IsReadable, survey.IsBlank, survey.DeviceSize, survey.Found.Count), Is.EqualTo((false, false, (ByteSize?)null, 0)), path);
            Assert.That(survey.UnreadableReason, Is.Not.Empty);
        }
    }
}
