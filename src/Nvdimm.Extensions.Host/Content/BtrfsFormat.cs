using Nvdimm.Extensions.Host.Native;


namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// Btrfs: Linux v6.1 include/uapi/linux/btrfs_tree.h and fs/btrfs/ctree.h, struct btrfs_super_block, 64 KiB from the start.
/// </summary>
internal static class BtrfsFormat
{
    private const string Type = "btrfs";
    private const int Offset = 64 << 10;
    private const int Size = 4 << 10;
    private const int ChecksumSize = 32;

    /// <summary>The offset of struct btrfs_dev_item, which describes this one of the file system's devices.</summary>
    private const int DeviceItem = 201;

    public static FoundContent? Read(ContentBytes head)
    {
        var block = head.From(Offset);
        if (!block.Has(64, "_BHRfS_M"u8))
        {
            return null;
        }

        if (!block.Has(0, Size))
        {
            return FoundContent.Damaged(Type, ContentDamage.Truncated);
        }

        if (!IsSealed(block))
        {
            return FoundContent.Damaged(Type, ContentDamage.Checksum);
        }

        // bytenr is the superblock's own offset; dev_item.total_bytes is the size that it uses of this device.
        return block.Little64(48) != Offset
            ? FoundContent.Damaged(Type, ContentDamage.Fields)
            : FoundContent.UpTo(
                block.Little64(DeviceItem + 8),
                new FoundContent(Type) { Label = ContentText.Utf8(block.Field(299, 256)), Uuid = ContentText.Uuid(block.Field(32, 16)) });
    }

    /// <summary>
    /// Checks csum over everything after it. Of the four algorithms, crc32c (0) and SHA-256 (2) are checked, xxhash (1) and BLAKE2 (3) are
    /// not.
    /// </summary>
    private static bool IsSealed(ContentBytes block)
    {
        var bytes = block.Field(ChecksumSize, Size - ChecksumSize);
        return block.Little16(196) switch
        {
            0 => ~ContentChecksum.Crc32C(uint.MaxValue, bytes) == block.Little32(0),
            2 => block.Has(0, Sha256.Of(bytes)),
            1 or 3 => true,
            _ => false,
        };
    }
}
