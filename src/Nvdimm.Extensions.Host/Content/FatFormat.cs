using System.Numerics;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>FAT12, FAT16 and FAT32: Microsoft, FAT32 File System Specification 1.03, the boot sector and its BPB.</summary>
internal static class FatFormat
{
    /// <summary>The name of the format in <c>blkid</c>.</summary>
    public const string Type = "vfat";

    public static FoundContent? Read(ContentBytes head)
    {
        // FAT32 has no 16-bit BPB_FATSz16, and its extended part is 28 bytes further on. BS_FilSysType is only a hint, so it is not used.
        var isFat32 = head.Little16(22) == 0;
        var extended = isFat32 ? 64 : 36;
        var isNamed = head.Has(54, "FAT12   "u8) || head.Has(54, "FAT16   "u8) || head.Has(82, "FAT32   "u8);
        if (head.Little16(510) != 0xAA55 || head.Has(3, NtfsFormat.Signature) || head.Has(3, ExfatFormat.Signature))
        {
            return null;
        }

        if (!IsSound(head, isFat32))
        {
            return isNamed ? FoundContent.Damaged(Type, ContentDamage.Fields) : null;
        }

        // BPB_TotSec16 or BPB_TotSec32, BPB_BytsPerSec; BS_BootSig, BS_VolID, BS_VolLab.
        var sectors = head.Little16(19) is > 0 and var few ? few : head.Little32(32);
        var hasName = head[extended + 2] == 0x29;
        var label = hasName ? ContentText.Utf8(head.Field(extended + 7, 11)) : null;
        var serial = head.Little32(extended + 3);
        return FoundContent.UpTo(
            (UInt128)sectors * head.Little16(11),
            new FoundContent(Type)
            {
                Label = label == "NO NAME" ? null : label,
                Uuid = hasName && serial != 0 ? $"{serial >> 16:X4}-{serial & 0xFFFF:X4}" : null,
            });
    }

    /// <summary>Checks the fields of the BPB, so that another boot sector is not taken for FAT.</summary>
    private static bool IsSound(ContentBytes head, bool isFat32)
    {
        var (sector, cluster, reserved, media) = (head.Little16(11), head[13], head.Little16(14), head[21]);
        return sector is >= 512 and <= 4096 && BitOperations.IsPow2((uint)sector)
            && BitOperations.IsPow2((uint)cluster)
            && reserved > 0
            && head[16] is 1 or 2
            && media is 0xF0 or >= 0xF8
            && (isFat32 ? head.Little32(36) > 0 && head.Little16(17) == 0 : head.Little16(17) > 0);
    }
}
