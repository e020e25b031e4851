using System.Text;
using CsCheck;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Content;

/// <summary>Formats that no program makes on a file, and superblocks that lie.</summary>
public sealed class ContentParserTests
{
    private const long MiB = 1 << 20;
    private const long Size = 64 * MiB;

    private static readonly int[] Lengths =
    [
        .. Enumerable.Range(0, 4200), .. Enumerable.Range(5100, 20), .. Enumerable.Range(8180, 20), .. Enumerable.Range(65500, 200), 69631,
    ];

    private static IEnumerable<TestCaseData> Heads => ContentSamples.Heads.Select(sample => new TestCaseData(sample.Head).SetName(sample.Name));

    [Test]
    public void Lvm_OfARealProgram()
    {
        using var folder = new TemporaryFolder();
        var image = folder.Device(Size, (512, ContentImage.Lvm()));
        Assert.That(ContentTool.Blkid(image)["TYPE"], Is.EqualTo("LVM2_member"));
        var uuid = ContentTool.Blkid(image)["UUID"];
        Assert.That(Survey(image).Found, Is.EqualTo([new FoundContent("LVM2_member") { Uuid = uuid, End = ByteSize.FromBytes(Size) }]));
    }

    [TestCase(0L, 2048L, "1.1")]
    [TestCase(8L, 2048L, "1.2")]
    public void Md_AtTheStart(long superSector, long dataSector, string version)
    {
        using var folder = new TemporaryFolder();
        var image = folder.Device(Size, (superSector * 512, ContentImage.Md(superSector, dataSector, 100_000)));
        var end = ByteSize.FromBytes((dataSector + 100_000) * 512);
        Assert.That(Survey(image).Found, Is.EqualTo([Member(image, version) with { Label = "host:backup", End = end }]));
    }

    [TestCase(0)]
    [TestCase(512)]
    [TestCase(4095)]
    public void Md_BeforeTheEndOfTheGuestsDevice_IsFoundThereAndNeedsThatEnd(int beyond)
    {
        using var folder = new TemporaryFolder();
        var super = (Size / 512) - 16;
        var image = folder.Device(Size, (super * 512, ContentImage.Md(super, 0, super)));
        var expected = Member(image, "1.0") with { Label = "host:backup", End = ByteSize.FromBytes(Size), LargestFit = ByteSize.FromBytes(Size + 4095) };
        using (var file = File.OpenWrite(image))
        {
            file.SetLength(80 * MiB);
        }

        Assert.That(Survey(image).Found, Is.Empty, "the host's end is elsewhere");
        Assert.That(Survey(image, Size + beyond).Found, Is.EqualTo([expected]));
        Assert.That(Survey(image, Size + 4096).Found, Is.Empty);
    }

    [TestCase(false, 0)]
    [TestCase(true, 0)]
    [TestCase(false, 65535)]
    public void Md_OfTheOldKind_BeforeTheEnd(bool isBigEndian, int beyond)
    {
        using var folder = new TemporaryFolder();
        var image = folder.Device(Size + beyond, (Size - 65536, ContentImage.OldMd(Size - 65536, isBigEndian)));
        var expected = Member(image, "0.90.0") with { End = ByteSize.FromBytes(Size), LargestFit = ByteSize.FromBytes(Size + 65535) };
        Assert.That(Survey(image).Found, Is.EqualTo([expected]));
    }

    [TestCase(4096)]
    [TestCase(0)]
    public void Btt(int offset)
    {
        using var folder = new TemporaryFolder();
        var image = folder.Device(Size, (offset, ContentImage.Btt((ulong)(Size - 4096))));
        var found = Survey(image).Found.Single();
        Assert.That((found.Type, found.End?.Bytes, found.DataOffset?.Bytes), Is.EqualTo(("nvdimm-btt", Size - 4096 + offset, 4096L + offset)));
        Assert.That((found.Uuid, found.ParentUuid), Is.EqualTo(("01020304-0506-0708-090a-0b0c0d0e0f10", "02030405-0607-0809-0a0b-0c0d0e0f1011")));
    }

    [Test]
    public void Btt_OfSeveralArenas_HasAnUnknownEnd()
    {
        using var folder = new TemporaryFolder();
        var image = folder.Device(Size, (4096, ContentImage.Btt(512UL << 30, next: 512UL << 30)));
        Assert.That(Survey(image).Found.Single() is { End: null, IsDamaged: false }, Is.True);
    }

    /// <summary>Kernels before 5.4 did not say which page they counted in.</summary>
    [Test]
    public void PfnBlock_OfAnOldKernel_HasAnUnknownEnd()
    {
        var block = new byte[4096];
        "NVDIMM_PFN_INFO"u8.CopyTo(block);
        (block[52], block[54], block[58], block[64]) = (1, 3, 0x20, 9);
        using var folder = new TemporaryFolder();
        var found = Survey(folder.Device(Size, (4096, ContentImage.WithFletcher(block)))).Found.Single();
        Assert.That(found, Is.EqualTo(new FoundContent("nvdimm-pfn") { DataOffset = ByteSize.FromMiB(2) }));
    }

    [Test]
    public void Swap_OfAHibernatedSystem_OfAnotherByteOrder_AndOfTheFirstKind()
    {
        var head = ContentSamples.Head("swap");
        "S1SUSPEND\0"u8.CopyTo(head.AsSpan(4086));
        Assert.That(Found(head).Single() is { Type: "swsuspend", End.Bytes: Size }, Is.True);
        Array.Reverse(head, 1024, 4);
        Array.Reverse(head, 1028, 4);
        Assert.That(Found(head).Single() is { Type: "swsuspend", End.Bytes: Size }, Is.True, "of a big-endian machine");
        var old = new byte[ContentParser.HeadSize];
        "SWAP-SPACE"u8.CopyTo(old.AsSpan(4086));
        Assert.That(Found(old), Is.EqualTo([new FoundContent("swap")]));
    }

    /// <summary>One byte of each superblock that a checksum covers; where the format has none, one that contradicts another.</summary>
    [TestCase("ext4", 1024 + 200, ContentDamage.Checksum)]
    [TestCase("xfs", 200, ContentDamage.Checksum)]
    [TestCase("xfs", 120, ContentDamage.Fields)]
    [TestCase("btrfs", 65536 + 700, ContentDamage.Checksum)]
    [TestCase("f2fs", 1024 + 700, ContentDamage.None)]
    [TestCase("LVM2_member", 512 + 60, ContentDamage.Checksum)]
    [TestCase("linux_raid_member", 4096 + 140, ContentDamage.Checksum)]
    [TestCase("crypto_LUKS", 5000, ContentDamage.None)]
    [TestCase("gpt", 512 + 34, ContentDamage.Checksum)]
    [TestCase("swap", 1024, ContentDamage.Fields)]
    [TestCase("ntfs", 12, ContentDamage.Fields)]
    [TestCase("vfat", 16, ContentDamage.Fields)]
    [TestCase("nvdimm-pfn", 4096 + 66, ContentDamage.Checksum)]
    [TestCase("nvdimm-btt", 4096 + 113, ContentDamage.Checksum)]
    public void Read_AFieldThatIsNotWhatItWas(string type, int at, ContentDamage expected)
    {
        var head = ContentSamples.Head(type);
        head[at] ^= 0x15;
        var found = Found(head).Single();
        Assert.That((found.Type, found.Damage), Is.EqualTo((type, expected)), "where there is a second copy, that one counts");
        Assert.That(found.End is null || !found.IsDamaged, Is.True);
    }

    /// <summary>Sizes that no device has, with the right checksums.</summary>
    [TestCase("ext4", 1024 + 24, 63U)]
    [TestCase("ext4", 1024 + 24, 7U)]
    [TestCase("ext4", 1024 + 0x150, uint.MaxValue)]
    [TestCase("ext4", 1024 + 20, uint.MaxValue)]
    [TestCase("ext4", 1024 + 76, 2U)]
    [TestCase("ext4", 1024 + 32, 0U)]
    [TestCase("xfs", 8, uint.MaxValue)]
    [TestCase("xfs", 4, 0U)]
    [TestCase("xfs", 88, 0U)]
    [TestCase("btrfs", 65536 + 209 + 4, uint.MaxValue)]
    [TestCase("btrfs", 65536 + 48, 0U)]
    [TestCase("gpt", 512 + 32 + 4, uint.MaxValue)]
    [TestCase("gpt", 512 + 24, 7U)]
    [TestCase("linux_raid_member", 4096 + 140, uint.MaxValue)]
    [TestCase("linux_raid_member", 4096 + 144, 0U)]
    [TestCase("linux_raid_member", 4096 + 220, 100_000U)]
    [TestCase("nvdimm-pfn", 4096 + 60, uint.MaxValue)]
    [TestCase("nvdimm-pfn", 4096 + 88, 0U)]
    [TestCase("nvdimm-btt", 4096 + 116, uint.MaxValue)]
    [TestCase("ntfs", 44, uint.MaxValue)]
    [TestCase("swap", 1028, 0U)]
    public void Read_ASizeThatNoDeviceHas(string type, int at, uint value)
    {
        var head = ContentSamples.Head(type);
        ContentImage.Put32(head, at, value);
        ContentSamples.Seal(type, head);
        Assert.That(Found(head).Single().Damage, Is.EqualTo(ContentDamage.Fields));
    }

    [Test]
    public void Label_WithBytesThatSteerATerminal_IsHarmless()
    {
        var head = ContentSamples.Head("ext4");
        Encoding.UTF8.GetBytes("\u001b[2J\u202eab\u009b\n").CopyTo(head.AsSpan(1024 + 120));
        head[1024 + 120 + 12] = 0xFF;
        ContentSamples.Seal("ext4", head);
        var label = Found(head).Single().Label;
        Assert.That(label, Is.EqualTo("\ufffd[2J\ufffdab\ufffd\ufffd\ufffd"));
    }

    [Test]
    public void Read_BlankAndFullDevices_HaveNothing()
    {
        Assert.That(Found(new byte[ContentParser.HeadSize]), Is.Empty);
        var full = new byte[ContentParser.HeadSize];
        full.AsSpan().Fill(0xFF);
        Assert.That(Found(full), Is.Empty);
        Assert.That(Tail(full, ContentParser.HeadSize), Is.Empty);
    }

    [TestCaseSource(nameof(Heads))]
    public void Read_CutOffAnywhere_IsNeverWholeWithLessThanItsSuperblock(byte[] head)
    {
        var whole = Found(head);
        foreach (var length in Lengths)
        {
            foreach (var content in Found(head.AsSpan(0, length)))
            {
                Assert.That(content.IsDamaged || content.End is null || whole.Any(other => other.End == content.End), Is.True, $"{content} of {length} bytes");
            }
        }
    }

    [TestCaseSource(nameof(Heads))]
    public void Read_WithFlippedBytes_NeverThrows(byte[] head)
    {
        var at = Gen.OneOf(Gen.Int[0, 5200], Gen.Int[16384, 24576], Gen.Int[65480, head.Length - 1]);
        Gen.Select(at, Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                var changed = head.ToArray();
                foreach (var (offset, value) in changes)
                {
                    changed[offset] = value;
                }

                foreach (var content in Found(changed))
                {
                    Assert.That((content.IsDamaged && content.End is not null) || content.End == ByteSize.Zero, Is.False, $"{content}");
                }
            },
            iter: 300,
            threads: 1);
    }

    [Test]
    public void ReadTail_AnyBytes_NeverThrows() => Gen.Select(Gen.Byte.Array[0, 9000], Gen.Long[1, 1L << 40], Gen.Int[0, 3]).Sample(
        (bytes, end, kind) =>
        {
            var start = ContentParser.TailStart(ByteSize.FromBytes(end));
            var tail = new byte[end - start];
            bytes.AsSpan(0, Math.Min(bytes.Length, tail.Length)).CopyTo(tail);
            ReadOnlySpan<byte> magic = kind == 0 ? "EFI PART"u8 : [0xFC, 0x4E, 0x2B, 0xA9, (byte)kind];
            foreach (var at in new[] { tail.Length - 512, tail.Length - 4096, tail.Length - 8192, 0 })
            {
                if (at >= 0 && at + 8 <= tail.Length)
                {
                    magic.CopyTo(tail.AsSpan(at));
                }
            }

            Assert.That(Tail(tail, end).All(content => content.IsDamaged), Is.True);
        },
        iter: 500);

    [Test]
    public void Mbr_BesideAFileSystem_IsABootLoader()
    {
        var head = ContentSamples.Head("ext4");
        (head[510], head[511], head[446]) = (0x55, 0xAA, 0x31);
        Assert.That(Found(head).Single().Type, Is.EqualTo("ext4"), "program code where a table would be");
        head[446] = 0;
        Assert.That(Found(head).Single().Type, Is.EqualTo("ext4"), "no partition");
        (head[450], head[454], head[458]) = (0x83, 63, 1);
        Assert.That(Found(head).Select(content => content.Type), Is.EqualTo(["ext4", "dos"]));
        var alone = new byte[ContentParser.HeadSize];
        (alone[510], alone[511]) = (0x55, 0xAA);
        Assert.That(Found(alone).Single(), Is.EqualTo(new FoundContent("dos") { End = ByteSize.FromBytes(512) }));
        alone[446] = 0x31;
        Assert.That(Found(alone).Single(), Is.EqualTo(new FoundContent("dos") { Damage = ContentDamage.Fields }));
        (alone[446], alone[450]) = (0, 0xEE);
        Assert.That(Found(alone).Single(), Is.EqualTo(new FoundContent("gpt") { Damage = ContentDamage.Fields }), "a GPT whose header is gone");
    }

    /// <summary>The uuid as <c>blkid</c> prints it.</summary>
    private static FoundContent Member(string image, string version)
    {
        var blkid = ContentTool.Blkid(image);
        Assert.That((blkid["TYPE"], blkid["VERSION"]), Is.EqualTo(("linux_raid_member", version)));
        return new FoundContent("linux_raid_member") { Uuid = blkid["UUID"] };
    }

    private static ContentSurvey Survey(string image, params long[] guestSizes) => new ContentProbe().Survey(Samples.Device() with { Path = image }, guestSizes.Select(ByteSize.FromBytes));

    private static ValueList<FoundContent> Found(ReadOnlySpan<byte> head)
    {
        var found = new List<FoundContent>();
        ContentParser.ReadHead(head, sectorSize: null, found);
        return ContentParser.Resolve(found);
    }

    private static List<FoundContent> Tail(byte[] tail, long end)
    {
        var found = new List<FoundContent>();
        ContentParser.ReadTail(tail, ByteSize.FromBytes(end), found);
        return found;
    }
}
