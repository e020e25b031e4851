namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// F2FS: Linux v6.1 include/linux/f2fs_fs.h, struct f2fs_super_block, 1 KiB into the first and into the second block of 4 KiB.
/// </summary>
internal static class F2fsFormat
{
    private const string Type = "f2fs";
    private const uint Magic = 0xF2F52010;
    private const int Size = 3072;
    private const uint HasChecksum = 0x800;
    private const int ChecksumOffset = 3068;

    public static FoundContent? Read(ContentBytes head)
    {
        var (first, second) = (ReadCopy(head.From(1024)), ReadCopy(head.From(4096 + 1024)));
        return second is { IsDamaged: false } && first is null or { IsDamaged: true } ? second : first ?? second;
    }

    private static FoundContent? ReadCopy(ContentBytes block)
    {
        if (block.Little32(0) != Magic)
        {
            return null;
        }

        if (!block.Has(0, Size))
        {
            return FoundContent.Damaged(Type, ContentDamage.Truncated);
        }

        // feature, checksum_offset, crc (f2fs_crc32 begins with the magic and does not invert).
        if ((block.Little32(2180) & HasChecksum) != 0
            && (block.Little32(32) != ChecksumOffset
                || ContentChecksum.Crc32(Magic, block.Field(0, ChecksumOffset)) != block.Little32(ChecksumOffset)))
        {
            return FoundContent.Damaged(Type, ContentDamage.Checksum);
        }

        // log_blocksize, 12 unless pages are larger (POWER), and block_count.
        return block.Little32(16) is not (>= 12 and <= 16 and var shift)
            ? FoundContent.Damaged(Type, ContentDamage.Fields)
            : FoundContent.UpTo(
                (UInt128)block.Little64(36) << (int)shift,
                new FoundContent(Type)
                { Label = ContentText.Utf16(block.Field(124, 1024)), Uuid = ContentText.Uuid(block.Field(108, 16)) });
    }
}
