using System.Numerics;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// NTFS: Linux v6.1 fs/ntfs3/ntfs.h, struct NTFS_BOOT and struct MFT_REC. A copy of the boot sector follows the last counted sector.
/// </summary>
internal static class NtfsFormat
{
    /// <summary>The name of the format in <c>blkid</c>.</summary>
    public const string Type = "ntfs";

    private const int VolumeRecord = 3;
    private const uint VolumeName = 0x60;
    private const uint LastAttribute = 0xFFFFFFFF;

    /// <summary>The system_id in the boot sector.</summary>
    public static ReadOnlySpan<byte> Signature => "NTFS    "u8;

    public static FoundContent? Read(ContentBytes head)
    {
        if (!head.Has(3, Signature))
        {
            return null;
        }

        // bytes_per_sector, sct_per_clst, sct_per_clst above 128 is a shift; sct_per_volume; serial_num.
        var (sector, sectors) = (head.Little16(11), head.Little64(40));
        if (!head.Has(0, 512))
        {
            return FoundContent.Damaged(Type, ContentDamage.Truncated);
        }

        if (sector is < 256 or > 4096 || !BitOperations.IsPow2((uint)sector) || head[13] == 0 || sectors == 0
            || head.Little16(510) != 0xAA55)
        {
            return FoundContent.Damaged(Type, ContentDamage.Fields);
        }

        return FoundContent.UpTo(
            ((UInt128)sectors + 1) * sector, new FoundContent(Type) { Label = LabelIn(head, sector), Uuid = $"{head.Little64(72):X16}" });
    }

    /// <summary>
    /// The name in the record of the volume, if that is within the bytes that were read, as it is after Linux' <c>mkfs.ntfs</c>.
    /// </summary>
    private static string? LabelIn(ContentBytes head, int sector)
    {
        // mft_clst; record_size is a number of clusters or, if negative, a shift.
        var cluster = (UInt128)sector << (head[13] > 128 ? Math.Min(32, 256 - head[13]) : 0);
        cluster = head[13] > 128 ? cluster : cluster * head[13];
        var size = unchecked((sbyte)head[64]) is < 0 and var shift ? UInt128.One << Math.Min(32, -shift) : cluster * head[64];
        var start = (cluster * head.Little64(48)) + (size * VolumeRecord);
        var record = start + size > (UInt128)head.Length ? default : new ContentBytes(head.Field((long)start, (int)size));
        if (!record.Has(0, "FILE"u8))
        {
            return null;
        }

        // attr_off; then type, size, and, for a resident attribute (non_res 0), data_size and data_off.
        for (int at = record.Little16(20), length; record.Little32(at) is not (0 or LastAttribute) and var type; at += length)
        {
            length = (int)Math.Min(record.Little32(at + 4), (uint)record.Length);
            if (type == VolumeName && record[at + 8] == 0)
            {
                return ContentText.Utf16(record.Field(at + record.Little16(at + 20), (int)Math.Min(record.Little32(at + 16), 256)));
            }

            if (length < 16)
            {
                break;
            }
        }

        return null;
    }
}
