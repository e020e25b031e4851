namespace Nvdimm.Extensions.Host.Content;

/// <summary>ext2, ext3, ext4 and their journal devices: Linux v6.1 fs/ext4/ext4.h, struct ext4_super_block, 1 KiB from the start.</summary>
internal static class ExtFormat
{
    private const int Offset = 1024;
    private const int Size = 1024;
    private const int ChecksumOffset = 0x3FC;
    private const uint LargestBlockShift = 6;

    private const uint HasJournal = 0x4;
    private const uint JournalDevice = 0x8;
    private const uint Is64Bit = 0x80;
    private const uint HasChecksum = 0x400;

    // The features of ext2 and ext3 (util-linux 2.38 libblkid/src/superblocks/ext.c, EXT2_FEATURE_*_SUPP and EXT3_FEATURE_*_SUPP).
    private const uint OldReadOnly = 0x7;
    private const uint Ext2Incompatible = 0x12;
    private const uint Ext3Incompatible = 0x16;

    public static FoundContent? Read(ContentBytes head)
    {
        var block = head.From(Offset);
        if (block.Little16(56) != 0xEF53)
        {
            return null;
        }

        var type = TypeOf(block.Little32(92), block.Little32(96), block.Little32(100));
        if (!block.Has(0, Size))
        {
            return FoundContent.Damaged(type, ContentDamage.Truncated);
        }

        // s_checksum: crc32c of everything before it (ext4_superblock_csum).
        if ((block.Little32(100) & HasChecksum) != 0
            && ContentChecksum.Crc32C(uint.MaxValue, block.Field(0, ChecksumOffset)) != block.Little32(ChecksumOffset))
        {
            return FoundContent.Damaged(type, ContentDamage.Checksum);
        }

        // s_blocks_count_lo and _hi, s_log_block_size, s_first_data_block, s_rev_level, s_blocks_per_group.
        var blocks = block.Little32(4) | ((block.Little32(96) & Is64Bit) != 0 ? (ulong)block.Little32(0x150) << 32 : 0);
        var shift = block.Little32(24);
        return shift > LargestBlockShift || block.Little32(20) >= blocks || block.Little32(76) > 1
            || (type != "jbd" && block.Little32(32) == 0)
            ? FoundContent.Damaged(type, ContentDamage.Fields)
            : FoundContent.UpTo(
                (UInt128)blocks << (int)(10 + shift),
                new FoundContent(type) { Label = ContentText.Utf8(block.Field(120, 16)), Uuid = ContentText.Uuid(block.Field(104, 16)) });
    }

    /// <summary>Tells the versions apart as <c>blkid</c> does: by features that the older versions lack.</summary>
    private static string TypeOf(uint compatible, uint incompatible, uint readOnly)
    {
        if ((incompatible & JournalDevice) != 0)
        {
            return "jbd";
        }

        var isOld = (readOnly & ~OldReadOnly) == 0;
        return (compatible & HasJournal) != 0
            ? isOld && (incompatible & ~Ext3Incompatible) == 0 ? "ext3" : "ext4"
            : isOld && (incompatible & ~Ext2Incompatible) == 0 ? "ext2" : "ext4";
    }
}
