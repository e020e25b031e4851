using System.Buffers.Binary;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// A member of a software RAID: Linux v6.1 include/uapi/linux/raid/md_p.h, struct mdp_superblock_1 (versions 1.1 at the start, 1.2 at 4
/// KiB, 1.0 before the end) and mdp_superblock_s (0.90, before the end).
/// </summary>
internal static class MdFormat
{
    private const string Type = "linux_raid_member";
    private const uint Magic = 0xA92B4EFC;
    private const int HeaderSize = 256;
    private const int ChecksumOffset = 216;
    private const int MostDevices = 1920;
    private const uint HasNewOffset = 0x40;
    private const int Sector = 512;
    private const int At12 = 4 << 10;

    private const long OldUnit = 64 << 10;
    private const int OldSize = 4 << 10;
    private const int OldChecksumOffset = 152;

    /// <summary>Reads version 1.1.</summary>
    public static FoundContent? ReadAtStart(ContentBytes head) => Read(head, superOffset: 0, end: null);

    /// <summary>Reads version 1.2.</summary>
    public static FoundContent? ReadAtFourKiB(ContentBytes head) => Read(head.From(At12), At12, end: null);

    /// <summary>Reads version 1.0: at least 8 KiB before the end, at a multiple of 4 KiB (drivers/md/md.c, super_1_load).</summary>
    public static FoundContent? ReadBeforeEnd(ContentBytes tail, ByteSize end)
    {
        var offset = ((end.Bytes / Sector) - 16) / 8 * 8 * Sector;
        return offset <= 0
            ? null
            : Read(tail.From(offset - ContentParser.TailStart(end)), offset, ByteSize.FromBytes(offset + (16 * Sector)));
    }

    /// <summary>
    /// Reads version 0.90: at the last but one multiple of 64 KiB (MD_NEW_SIZE_SECTORS), in the byte order of the machine that made it.
    /// </summary>
    public static FoundContent? ReadOldBeforeEnd(ContentBytes tail, ByteSize end)
    {
        var offset = (end.Bytes / OldUnit * OldUnit) - OldUnit;
        var block = tail.From(offset - ContentParser.TailStart(end));
        var isBig = block.Big32(0) == Magic;
        if (offset <= 0 || (!isBig && block.Little32(0) != Magic) || Number(block, 1, isBig) != 0)
        {
            return null;
        }

        if (!block.Has(0, OldSize))
        {
            return FoundContent.Damaged(Type, ContentDamage.Truncated);
        }

        // sb_csum is compared folded to 16 bits, because some versions stored it so (md_csum_fold).
        if (Fold(ContentChecksum.Sum32(block.Field(0, OldSize), OldChecksumOffset, isBig)) != Fold(Number(block, 38, isBig)))
        {
            return FoundContent.Damaged(Type, ContentDamage.Checksum);
        }

        // size is the used part of each member, in KiB; it ends before the superblock.
        return Number(block, 8, isBig) > offset / 1024
            ? FoundContent.Damaged(Type, ContentDamage.Fields)
            : new FoundContent(Type)
            {
                Uuid = ContentText.Uuid(OldUuid(block, isBig)),
                End = ByteSize.FromBytes(offset + OldUnit),
                LargestFit = ByteSize.FromBytes(offset + (2 * OldUnit) - 1),
            };
    }

    private static FoundContent? Read(ContentBytes block, long superOffset, ByteSize? end)
    {
        if (block.Little32(0) != Magic || block.Little32(4) != 1)
        {
            return null;
        }

        // max_dev; sb_csum covers the header and two bytes for each device.
        var devices = block.Little32(220);
        if (!block.Has(0, HeaderSize) || devices > MostDevices)
        {
            return FoundContent.Damaged(Type, block.Has(0, HeaderSize) ? ContentDamage.Fields : ContentDamage.Truncated);
        }

        var sealedBytes = block.Field(0, HeaderSize + (2 * (int)devices));
        if (sealedBytes.IsEmpty)
        {
            return FoundContent.Damaged(Type, ContentDamage.Truncated);
        }

        if (ContentChecksum.Sum32(sealedBytes, ChecksumOffset, isBigEndian: false) != block.Little32(ChecksumOffset))
        {
            return FoundContent.Damaged(Type, ContentDamage.Checksum);
        }

        // super_offset is the superblock's own offset. The data takes data_size sectors from data_offset; during a reshape, from
        // new_offset.
        var moved = (block.Little32(8) & HasNewOffset) != 0 ? Math.Max(0, unchecked((int)block.Little32(124))) : 0;
        var dataEnd = ((UInt128)block.Little64(128) + block.Little64(136) + (uint)moved) * Sector;
        if (block.Little64(144) != (ulong)(superOffset / Sector) || block.Little64(136) == 0
            || (end is not null && dataEnd > (UInt128)superOffset))
        {
            return FoundContent.Damaged(Type, ContentDamage.Fields);
        }

        var content = new FoundContent(Type)
        { Label = ContentText.Utf8(block.Field(32, 32)), Uuid = ContentText.Uuid(block.Field(16, 16)) };
        return end is { } last
            ? content with { End = last, LargestFit = ByteSize.FromBytes(last.Bytes + (8 * Sector) - 1) }
            : FoundContent.UpTo(dataEnd, content);
    }

    /// <summary>set_uuid0 to set_uuid3 as the bytes that <c>blkid</c> prints, high bytes first.</summary>
    private static byte[] OldUuid(ContentBytes block, bool isBig)
    {
        var uuid = new byte[16];
        var at = 0;
        foreach (var word in (ReadOnlySpan<int>)[5, 13, 14, 15])
        {
            BinaryPrimitives.WriteUInt32BigEndian(uuid.AsSpan(at), Number(block, word, isBig));
            at += 4;
        }

        return uuid;
    }

    private static uint Number(ContentBytes block, int word, bool isBig) => isBig ? block.Big32(4 * word) : block.Little32(4 * word);

    private static uint Fold(uint sum)
    {
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (sum & 0xFFFF) + (sum >> 16);
    }
}
