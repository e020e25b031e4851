using System.Numerics;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>XFS: Linux v6.1 fs/xfs/libxfs/xfs_format.h, struct xfs_dsb, at the start, big-endian.</summary>
internal static class XfsFormat
{
    private const string Type = "xfs";
    private const int ChecksumOffset = 224;

    public static FoundContent? Read(ContentBytes head)
    {
        if (!head.Has(0, "XFSB"u8))
        {
            return null;
        }

        // sb_blocksize and sb_blocklog, sb_sectsize and sb_sectlog, sb_dblocks, sb_agblocks, sb_agcount (xfs_validate_sb_common).
        var (blockSize, sectorSize, blocks) = (head.Big32(4), head.Big16(102), head.Big64(8));
        var (groupBlocks, groups) = ((ulong)head.Big32(84), (ulong)head.Big32(88));
        if (!head.Has(0, Math.Max(512, (int)sectorSize)))
        {
            return FoundContent.Damaged(Type, ContentDamage.Truncated);
        }

        var isSound = blockSize is >= 512 and <= 65536 && BitOperations.IsPow2(blockSize) && BitOperations.Log2(blockSize) == head[120]
            && sectorSize is >= 512 and <= 32768 && BitOperations.IsPow2((uint)sectorSize) && BitOperations.Log2(sectorSize) == head[121]
            && groups != 0 && groupBlocks != 0 && blocks > groupBlocks * (groups - 1) && blocks <= groupBlocks * groups;
        if (!isSound)
        {
            return FoundContent.Damaged(Type, ContentDamage.Fields);
        }

        // Version 5 has a checksum over its sector, little-endian (sb_crc, xfs_start_cksum_safe).
        var hasChecksum = (head.Big16(100) & 0xF) == 5;
        return hasChecksum
            && ~ContentChecksum.Crc32C(uint.MaxValue, head.Field(0, sectorSize), ChecksumOffset) != head.Little32(ChecksumOffset)
            ? FoundContent.Damaged(Type, ContentDamage.Checksum)
            : FoundContent.UpTo(
                (UInt128)blocks * blockSize,
                new FoundContent(Type) { Label = ContentText.Utf8(head.Field(108, 12)), Uuid = ContentText.Uuid(head.Field(32, 16)) });
    }
}
