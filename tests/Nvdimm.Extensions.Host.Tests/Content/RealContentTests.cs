using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Content;

/// <summary>What real programs make is found as <c>blkid</c> finds it, and ends where its own program says.</summary>
public sealed class RealContentTests
{
    private const long MiB = 1 << 20;

    /// <summary>Figure F3 of the field reports: what the guest of a domain without <c>alignsize</c> had, and what it would get with one.</summary>
    private const long WithoutAlign = 536739840;
    private const long WithAlign = 534773760;

    [TestCase("ext2", "")]
    [TestCase("ext2", "-b 1024")]
    [TestCase("ext3", "-b 1024")]
    [TestCase("ext3", "-b 4096")]
    [TestCase("ext4", "")]
    [TestCase("ext4", "-b 1024")]
    [TestCase("ext4", "-b 2048")]
    [TestCase("ext4", "-b 4096 -O 64bit")]
    [TestCase("ext4", "-b 65536")]
    [TestCase("ext4", "-b 4096 -O ^64bit,^metadata_csum")]
    [TestCase("ext4", "-b 4096 -O bigalloc")]
    [TestCase("ext4", "-b 1024 -O bigalloc")]
    [TestCase("jbd", "-b 4096 -O journal_dev")]
    public void Ext(string type, string options)
    {
        using var device = Made(64 * MiB);
        ContentTool.Run("e2fsprogs", $"mkfs.{(type == "jbd" ? "ext4" : type)}", [.. Words($"-q -F -L backup {options}"), device.Image]);
        var dump = ContentTool.Run("e2fsprogs", "dumpe2fs", "-h", device.Image);
        Expect(device.Image, type, ContentTool.Number(dump, "Block count:") * ContentTool.Number(dump, "Block size:"));
    }

    /// <summary>An ext4 of 20 TiB has more blocks than 32 bits count; what mkfs would write for it is not made, only the count of its blocks.</summary>
    [Test]
    public void Ext_BeyondThirtyTwoBits()
    {
        using var device = Made(64 * MiB);
        ContentTool.Run("e2fsprogs", "mkfs.ext4", "-q", "-F", "-b", "4096", "-O", "64bit", device.Image);
        var head = Head(device.Image);
        ContentImage.Put32(head, 1024 + 0x150, 5);
        ContentImage.Put32(head, 1024 + 0x3FC, ContentChecksum.Crc32C(uint.MaxValue, head.AsSpan(1024, 0x3FC)));
        Assert.That(Found(head).Single().End, Is.EqualTo(ByteSize.FromBytes((5L << 44) + (64 * MiB))));
    }

    [TestCase("")]
    [TestCase("-b size=1024")]
    [TestCase("-b size=65536")]
    [TestCase("-s size=4096")]
    [TestCase("-m crc=0 -b size=512")]
    [TestCase("-m crc=0")]
    public void Xfs(string options)
    {
        using var device = Made(320 * MiB);
        ContentTool.Run("xfsprogs", "mkfs.xfs", [.. Words($"-q -L backup {options}"), device.Image]);
        var dump = ContentTool.Run("xfsprogs", "xfs_db", "-r", "-c", "sb 0", "-c", "p dblocks blocksize", device.Image);
        Expect(device.Image, "xfs", ContentTool.Number(dump, "dblocks") * ContentTool.Number(dump, "blocksize"));
    }

    [TestCase("crc32c")]
    [TestCase("xxhash")]
    [TestCase("sha256")]
    [TestCase("blake2")]
    public void Btrfs(string checksum)
    {
        using var device = Made(128 * MiB);
        ContentTool.Run("btrfs-progs", "mkfs.btrfs", "-q", "--csum", checksum, "-L", "backup", device.Image);
        var dump = ContentTool.Run("btrfs-progs", "btrfs", "inspect-internal", "dump-super", device.Image);
        Expect(device.Image, "btrfs", ContentTool.Number(dump, "dev_item.total_bytes"));
    }

    [TestCase("")]
    [TestCase("-O extra_attr,sb_checksum")]
    public void F2fs(string options)
    {
        using var device = Made(64 * MiB);
        ContentTool.Run("f2fs-tools", "mkfs.f2fs", [.. Words($"-q -l backup {options}"), device.Image]);
        var blocks = ContentTool.Number(ContentTool.Run("f2fs-tools", "dump.f2fs", "-d", "1", device.Image), "block_count ");
        Expect(device.Image, "f2fs", blocks * 4096);

        using (var file = File.OpenWrite(device.Image))
        {
            file.Position = 1024;
            file.Write(new byte[3072]);
        }

        Assert.That(Found(Head(device.Image)).Single().End?.Bytes, Is.EqualTo(blocks * 4096), "its second copy");
    }

    [TestCase(4096)]
    [TestCase(8192)]
    [TestCase(65536)]
    public void Swap(int pageSize)
    {
        using var device = Made(64 * MiB);
        var output = ContentTool.Run("util-linux", "mkswap", "-p", $"{pageSize}", "-L", "backup", device.Image);
        var usable = ContentTool.Number(output[output.IndexOf('(', StringComparison.Ordinal)..], "(");
        Expect(device.Image, "swap", usable + pageSize);
    }

    [TestCase(12, 4)]
    [TestCase(16, 64)]
    [TestCase(32, 300)]
    public void Fat(int bits, int mebibytes)
    {
        using var device = Made(mebibytes * MiB);
        ContentTool.Run("dosfstools", "mkfs.vfat", "-F", $"{bits}", "-n", "BACKUP", device.Image);
        var dump = ContentTool.Run("dosfstools", "fsck.fat", "-v", "-n", device.Image);
        var total = dump.Split('\n').Single(line => line.EndsWith("sectors total", StringComparison.Ordinal));
        Expect(device.Image, "vfat", ContentTool.Number(total, "") * 512, "BACKUP");
    }

    [Test]
    public void Ntfs()
    {
        using var device = Made(64 * MiB);
        ContentTool.Run("ntfs-3g", "mkfs.ntfs", "-F", "-Q", "-L", "backup", device.Image);
        Expect(device.Image, "ntfs", 64 * MiB);
    }

    [Test]
    public void Ntfs_WithLargeClusters_HasItsNameElsewhere()
    {
        using var device = Made(64 * MiB);
        ContentTool.Run("ntfs-3g", "mkfs.ntfs", "-F", "-Q", "-c", "65536", "-L", "backup", device.Image);
        Assert.That(Found(Head(device.Image)).Single() with { Uuid = null }, Is.EqualTo(new FoundContent("ntfs") { End = ByteSize.FromMiB(64) }));
    }

    [Test]
    public void Exfat()
    {
        using var device = Made(64 * MiB);
        ContentTool.Run("exfatprogs", "mkfs.exfat", "-L", "backup", device.Image);
        var found = Found(Head(device.Image)).Single();
        var serial = ContentTool.Blkid(device.Image)["UUID"];
        Assert.That((found.Type, found.Uuid, found.End?.Bytes), Is.EqualTo(("exfat", serial, 64 * MiB)), "the name is behind what is read");
    }

    [TestCase("luks1", "")]
    [TestCase("luks2", "backup")]
    public void Luks(string version, string label)
    {
        using var device = Made(64 * MiB);
        var key = device.Folder.Write("key", "secret");
        string[] name = label.Length > 0 ? ["--label", label] : [];
        var options = Words($"luksFormat -q --type {version} --pbkdf pbkdf2 --pbkdf-force-iterations 1000");
        ContentTool.Run("cryptsetup-bin", "cryptsetup", [.. options, .. name, device.Image, key]);
        var blkid = ContentTool.Blkid(device.Image);
        var head = Head(device.Image);
        Assert.That(Found(head), Is.EqualTo([new FoundContent("crypto_LUKS") { Uuid = blkid["UUID"], Label = blkid.GetValueOrDefault("LABEL") }]));
        if (version == "luks1")
        {
            return;
        }

        var sized = ContentImage.Luks2(head[..0x4000], "\"size\":\"dynamic\"", "\"size\":\"8388608\"");
        sized.CopyTo(head, 0);
        Assert.That(Found(head).Single().End, Is.EqualTo(ByteSize.FromMiB(16 + 8)), "a segment with a size");
        head.AsSpan(0, 4096).Clear();
        Assert.That(Found(head).Single() is { Damage: ContentDamage.None, End: null }, Is.True, "only the second header is left");
        head[0x4000 + 5000] ^= 1;
        Assert.That(Found(head).Single().Damage, Is.EqualTo(ContentDamage.Checksum));
    }

    [Test]
    public void Mbr()
    {
        using var device = Made(64 * MiB);
        ContentTool.Run("fdisk", "sh", "-c", $"printf '2048,20480\\n,40000,E\\n30000,1000\\n' | PATH=$PATH:/usr/sbin:/sbin sfdisk -q {device.Image}");
        var found = Found(Head(device.Image)).Single();
        Assert.That((found.Type, found.Uuid, found.End?.Bytes), Is.EqualTo(("dos", ContentTool.Blkid(device.Image)["PTUUID"], (22528L + 40000) * 512)));
        var list = new List<FoundContent>();
        ContentParser.ReadHead(Head(device.Image), ByteSize.FromBytes(4096), list);
        Assert.That(list.Single().End?.Bytes, Is.EqualTo((22528L + 40000) * 4096), "a device of larger sectors");
    }

    [Test]
    public void Gpt_IsFoundFromBothItsHeaders()
    {
        using var device = Made(64 * MiB);
        ContentTool.Run("fdisk", "sh", "-c", $"printf 'label: gpt\\n,20M\\n' | PATH=$PATH:/usr/sbin:/sbin sfdisk -q {device.Image}");
        FoundContent[] expected = [new("gpt") { Uuid = ContentTool.Blkid(device.Image)["PTUUID"], End = ByteSize.FromMiB(64) }];
        Assert.That(Found(Head(device.Image)), Is.EqualTo(expected));
        Assert.That(Survey(device.Image).Found, Is.EqualTo(expected), "the same table twice");

        using (var file = new FileStream(device.Image, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0))
        {
            file.Position = 512 + 40;
            file.WriteByte(0xFF);
            Assert.That(Survey(device.Image).Found, Is.EqualTo(expected), "the first header is damaged, and its backup is whole");
            file.Position = 0;
            file.Write(new byte[34 * 512]);
            file.SetLength(80 * MiB);
        }

        Assert.That(Survey(device.Image).Found, Is.Empty, "the host's end is elsewhere");
        Assert.That(Survey(device.Image, ByteSize.FromMiB(64)).Found, Is.EqualTo(expected), "the guest's end");
    }

    [Test]
    public void Gpt_OfLargeSectors()
    {
        using var device = Made(64 * MiB);
        ContentTool.Run("fdisk", "sh", "-c", $"printf 'label: gpt\\nsector-size: 4096\\n,20M\\n' | PATH=$PATH:/usr/sbin:/sbin sfdisk -q {device.Image}");
        Assert.That(Survey(device.Image).Found.Single() with { Uuid = null }, Is.EqualTo(new FoundContent("gpt") { End = ByteSize.FromMiB(64) }));
    }

    [TestCase("fsdax", "nvdimm-pfn")]
    [TestCase("devdax", "nvdimm-dax")]
    public void PmemInfoBlock(string mode, string type)
    {
        const string Uuid = "2b9dd3a3-59e0-4ea5-a0dc-b3bf8aeb1a62";
        const string Parent = "6b9dd3a3-59e0-4ea5-a0dc-b3bf8aeb1a62";
        using var device = Made(64 * MiB);
        ContentTool.Run("ndctl", "ndctl", "write-infoblock", "-o", device.Image, "-m", mode, "-a", "2M", "-u", Uuid, "-p", Parent);
        Assert.That(Survey(device.Image).Found, Is.EqualTo(
            [new FoundContent(type) { Uuid = Uuid, ParentUuid = Parent, DataOffset = ByteSize.FromMiB(2), End = ByteSize.FromMiB(64) }]));
    }

    [Test]
    public void Ext4_OfAGuestWithoutAlignsize_IsCutByALayoutWithOne()
    {
        using var device = Made(512 * MiB);
        ContentTool.Run("e2fsprogs", "mkfs.ext4", "-q", "-F", "-b", "4096", "-L", "backup", device.Image, $"{WithoutAlign / 1024}k");
        var survey = Survey(device.Image, ByteSize.FromBytes(WithAlign), ByteSize.FromBytes(WithoutAlign));
        var cut = FindingsOf(survey, WithAlign).Single();
        Assert.That((cut.Code, cut.Severity, cut["type"], cut["label"], cut["end"], cut["guest"]), Is.EqualTo(
            (NvdimmCodes.ContentCut, Severity.Error, "ext4", "backup", $"{WithoutAlign}", $"{WithAlign}")));
        Assert.That(cut.Message, Does.Contain($"up to {WithoutAlign}, but").And.Contain($"= {WithoutAlign} bytes, or accept"));
        Assert.That(FindingsOf(survey, WithoutAlign).Single().Code, Is.EqualTo(NvdimmCodes.ContentFound));
    }

    private static ValueList<Finding> FindingsOf(ContentSurvey survey, long guestSize) =>
        ContentWitness.FindingsOf("namespace0.0", survey, ByteSize.FromBytes(guestSize), ByteSize.FromBytes(guestSize), ByteSize.FromKiB(128));

    private static void Expect(string image, string type, long end, string label = "backup")
    {
        var blkid = ContentTool.Blkid(image);
        Assert.That((blkid["TYPE"], blkid["LABEL"]), Is.EqualTo((type, label)));
        Assert.That(Survey(image).Found, Is.EqualTo([new FoundContent(type) { Label = label, Uuid = blkid["UUID"], End = ByteSize.FromBytes(end) }]));
    }

    private static ContentSurvey Survey(string image, params ByteSize[] guestSizes) => new ContentProbe().Survey(Samples.Device() with { Path = image }, guestSizes);

    private static ValueList<FoundContent> Found(byte[] head)
    {
        var found = new List<FoundContent>();
        ContentParser.ReadHead(head, sectorSize: null, found);
        return ContentParser.Resolve(found);
    }

    private static byte[] Head(string image)
    {
        var head = new byte[ContentParser.HeadSize];
        using var file = File.OpenRead(image);
        file.ReadExactly(head);
        return head;
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static MadeDevice Made(long size) => new(size);
}
