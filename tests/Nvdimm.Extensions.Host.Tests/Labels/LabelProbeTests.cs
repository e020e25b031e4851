using CsCheck;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;

namespace Nvdimm.Extensions.Host.Tests.Labels;

public sealed class LabelProbeTests
{
    private const long MiB = 1L << 20;

    /// <summary>The offset that was measured for a backend of 386 MiB.</summary>
    private const long Offset = 404619264;

    private static readonly ByteSize LabelSize = ByteSize.FromKiB(128);

    [TestCaseSource(typeof(RealLabels), nameof(RealLabels.Names))]
    public void Survey_RealLabels_AreFoundWhereTheyAreAndNowhereElse(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Device(512 * MiB, (Offset, RealLabels.Read(name)));
        var survey = new LabelProbe().Survey(On(path), LabelSearch.At([Place(Offset), Place(Offset - (2 * MiB)), Place(Offset + (2 * MiB)), Place(Offset), Place(512 * MiB)]));
        Assert.That(survey.Found.Select(found => found.Offset.Bytes), Is.EqualTo([Offset]));
        Assert.That(survey.At(ByteSize.FromBytes(Offset))!.Area, Is.EqualTo(LabelArea.Read(RealLabels.Read(name))));
        Assert.That((survey.DeviceSize, survey.IsReadable), Is.EqualTo((ByteSize.FromMiB(512), true)));
    }

    [Test]
    public void SurveyEverywhere_FindsEverySetOnTheGrids()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Device(1024 * MiB, (Offset, SyntheticLabels.Area(1)), (512 * MiB, SyntheticLabels.Area(2)), ((1024 * MiB) - LabelSize.Bytes, SyntheticLabels.Area(2)));
        var survey = new LabelProbe().Survey(On(path), LabelSearch.Everywhere);
        Assert.That(survey.Found.Select(found => found.Offset.Bytes), Is.EqualTo([Offset, 512 * MiB, (1024 * MiB) - LabelSize.Bytes]));
    }

    [Test]
    public void Survey_ChangesNothing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Device(16 * MiB, ((16 * MiB) - LabelSize.Bytes, RealLabels.Read(RealLabels.TwoNamespaces)));
        var before = (File.GetLastWriteTimeUtc(path), Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));
        Assert.That(new LabelProbe().Survey(On(path), LabelSearch.Everywhere).Found, Has.Count.EqualTo(1));
        Assert.That((File.GetLastWriteTimeUtc(path), Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))), Is.EqualTo(before));
    }

    [Test]
    public void Survey_WhatCannotBeRead_SaysWhy()
    {
        using var folder = new TemporaryFolder();
        var missing = new LabelProbe().Survey(On(Path.Combine(folder.Path, "none")), LabelSearch.At([Place(0)]));
        Assert.That((missing.IsReadable, missing.DeviceSize, missing.Found.Count), Is.EqualTo((false, (ByteSize?)null, 0)));
        Assert.That(missing.UnreadableReason, Does.Contain("none"));
        Assert.That(new LabelProbe().Survey(On(folder.Path), LabelSearch.At([Place(0)])).IsReadable, Is.False, "a folder");
        Assert.That(new LabelProbe().Survey(On("/dev/full"), LabelSearch.At([Place(0)])).UnreadableReason, Does.Contain("neither a block device nor a regular file"));
    }

    [Test]
    public void Survey_AnyContent_NeverThrows() => Gen.Select(Gen.Byte.Array[1, 4096], Gen.Long[0, 8192], Gen.Long[0, 4096]).Sample(
        (bytes, offset, size) =>
        {
            using var folder = new TemporaryFolder();
            Assert.That(new LabelProbe().Survey(On(folder.Device(bytes.Length, (0, bytes))), LabelSearch.At([new LabelPlace(ByteSize.FromBytes(offset), ByteSize.FromBytes(size))])).IsReadable, Is.True);
        },
        iter: 200);

    /// <summary>No dax device can be had here: sysfs is the test's, and the node a regular file, which is mapped the same way.</summary>
    [TestCase(4 << 10)]
    [TestCase(2 << 20)]
    public void Survey_DaxDevice_IsMapped(long align)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "dev")).FullName, "dax0.0");
        File.Move(folder.Device(386 * MiB, (Offset, RealLabels.Read(RealLabels.TwoNamespaces))), path);
        var sysfs = Directory.CreateDirectory(Path.Combine(folder.Path, "sys", "bus", "dax", "devices", "dax0.0")).FullName;
        File.WriteAllText(Path.Combine(sysfs, "size"), $"{386 * MiB}\n");
        File.WriteAllText(Path.Combine(sysfs, "align"), $"{align}\n");
        using (var content = DeviceContent.Open(path, isWritable: false, folder.Path))
        {
            Assert.That(content, Is.InstanceOf<MappedContent>());
        }

        var survey = new LabelProbe(folder.Path).Survey(On(path), LabelSearch.Everywhere);
        Assert.That(survey.Found.Select(found => found.Offset.Bytes), Is.EqualTo([Offset]));
        Assert.That(survey.Found[0].Area.Labels.Select(label => label.Name), Does.Contain("guestdata"));
        File.WriteAllText(Path.Combine(sysfs, "size"), "many\n");
        Assert.That(new LabelProbe(folder.Path).Survey(On(path), LabelSearch.Everywhere).UnreadableReason, Does.Contain("many"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Content_ReadsWhatWasWritten_AndKeepsToItsEnd(bool isMapped)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Device(4 * MiB, (0, [1]), ((4 * MiB) - 1, [2]));
        using (IDeviceContent writable = isMapped ? new MappedContent(path, 4 * MiB, 2 * MiB, isWritable: true) : FileContent.Open(path, isWritable: true))
        {
            writable.Write((2 * MiB) - 2, [7, 8, 9, 10]);
            Assert.That(() => writable.Write((4 * MiB) - 3, [7, 8, 9, 10]), Throws.InstanceOf<EndOfStreamException>());
        }

        using IDeviceContent content = isMapped ? new MappedContent(path, 4 * MiB, 2 * MiB, isWritable: false) : FileContent.Open(path, isWritable: false);
        var read = new byte[6];
        content.Read((2 * MiB) - 3, read);
        Assert.That(read, Is.EqualTo(new byte[] { 0, 7, 8, 9, 10, 0 }));
        Assert.That(() => content.Read((4 * MiB) - 3, new byte[4]), Throws.InstanceOf<EndOfStreamException>());
        Assert.That(() => content.Write(0, [0]), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(File.ReadAllBytes(path).Where(value => value != 0), Is.EqualTo(new byte[] { 1, 7, 8, 9, 10, 2 }));
    }

    private static NvdimmDevice On(string path) => new() { Name = "namespace0.0", Path = path };

    private static LabelPlace Place(long offset) => new(ByteSize.FromBytes(offset), LabelSize);
}
