using System.IO.Compression;
using Nvdimm.Extensions.Host.Content;

namespace Nvdimm.Extensions.Host.Tests.Content;

/// <summary>The start of a device of each type: what real programs have left (<c>tests/TestData/content</c>), or <see cref="ContentImage"/> builds.</summary>
internal static class ContentSamples
{
    public static IReadOnlyList<(string Name, byte[] Head)> Heads { get; } =
    [
        .. Directory.EnumerateFiles(TestFiles.PathOf("content"), "*.bin.gz").Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file)[..^".bin.gz".Length], Unpacked(file))),
        ("LVM2_member", Placed(512, ContentImage.Lvm())),
        ("linux_raid_member", Placed(4096, ContentImage.Md(8, 2048, 100_000))),
        ("nvdimm-btt", Placed(4096, ContentImage.Btt((64 << 20) - 4096))),
    ];

    /// <summary>A copy of the start of a device of a type.</summary>
    public static byte[] Head(string type) => [.. Heads.Single(head => head.Name == type).Head];

    /// <summary>Gives a changed superblock its checksum again, where its type has one.</summary>
    public static void Seal(string type, byte[] head)
    {
        switch (type)
        {
            case "ext4":
                ContentImage.Put32(head, 1024 + 0x3FC, ContentChecksum.Crc32C(uint.MaxValue, head.AsSpan(1024, 0x3FC)));
                break;
            case "xfs":
                ContentImage.Put32(head, 224, ~ContentChecksum.Crc32C(uint.MaxValue, head.AsSpan(0, 512), 224));
                break;
            case "btrfs":
                ContentImage.Put32(head, 65536, ~ContentChecksum.Crc32C(uint.MaxValue, head.AsSpan(65536 + 32, 4096 - 32)));
                break;
            case "gpt":
                ContentImage.Put32(head, 512 + 16, ~ContentChecksum.Crc32(uint.MaxValue, head.AsSpan(512, 92), 16));
                break;
            case "linux_raid_member":
                ContentImage.Put32(head, 4096 + 216, ContentChecksum.Sum32(head.AsSpan(4096, 260), 216, isBigEndian: false));
                break;
            case "nvdimm-pfn" or "nvdimm-btt":
                ContentImage.WithFletcher(head[4096..8192]).CopyTo(head, 4096);
                break;
            default:
                break;
        }
    }

    private static byte[] Placed(int offset, byte[] block)
    {
        var head = new byte[ContentParser.HeadSize];
        block.CopyTo(head, offset);
        return head;
    }

    private static byte[] Unpacked(string file)
    {
        using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        var head = new byte[ContentParser.HeadSize];
        _ = packed.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head;
    }
}
