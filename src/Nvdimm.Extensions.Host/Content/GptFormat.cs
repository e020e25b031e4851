namespace Nvdimm.Extensions.Host.Content;

/// <summary>A GUID partition table: UEFI 2.10, 5.3.2, table 5.5, in the second sector; its backup is in the last sector.</summary>
internal static class GptFormat
{
    /// <summary>The name of the format in <c>blkid</c>.</summary>
    public const string Type = "gpt";

    private const int SmallestHeader = 92;
    private static readonly int[] SectorSizes = [512, 4096];

    /// <summary>Reads the table at the start. Its end is that of its backup.</summary>
    public static FoundContent? Read(ContentBytes head)
    {
        foreach (var sector in SectorSizes)
        {
            var header = head.From(sector);
            if (IsSigned(header))
            {
                // MyLBA, AlternateLBA, LastUsableLBA.
                return Damage(header, sector) is not ContentDamage.None and var damage ? FoundContent.Damaged(Type, damage)
                    : header.Little64(24) != 1 || header.Little64(48) > header.Little64(32)
                        ? FoundContent.Damaged(Type, ContentDamage.Fields)
                    : UpTo(((UInt128)header.Little64(32) + 1) * (uint)sector, header);
            }
        }

        return MbrFormat.IsProtective(head) ? FoundContent.Damaged(Type, ContentDamage.Fields) : null;
    }

    /// <summary>
    /// Reads the backup in the last sector of a device of that size; null if there is none, or if it was made for another place.
    /// </summary>
    public static FoundContent? ReadBackup(ContentBytes tail, ByteSize end)
    {
        foreach (var sector in SectorSizes)
        {
            var last = end.Bytes / sector;
            var header = tail.From(((last - 1) * sector) - ContentParser.TailStart(end));
            if (IsSigned(header))
            {
                return Damage(header, sector) is not ContentDamage.None and var damage ? FoundContent.Damaged(Type, damage)
                    : header.Little64(24) != (ulong)(last - 1) ? FoundContent.Damaged(Type, ContentDamage.Fields)
                    : UpTo((UInt128)last * (uint)sector, header);
            }
        }

        return null;
    }

    private static bool IsSigned(ContentBytes header) => header.Has(0, "EFI PART"u8);

    /// <summary>Checks HeaderSize, and HeaderCRC32 over that many bytes.</summary>
    private static ContentDamage Damage(ContentBytes header, int sector)
    {
        var size = header.Little32(12);
        return !header.Has(0, SmallestHeader) ? ContentDamage.Truncated
            : size < SmallestHeader || size > sector ? ContentDamage.Fields
            : !header.Has(0, size) ? ContentDamage.Truncated
            : ~ContentChecksum.Crc32(uint.MaxValue, header.Field(0, (int)size), checksumOffset: 16) == header.Little32(16)
                ? ContentDamage.None
            : ContentDamage.Checksum;
    }

    private static FoundContent UpTo(UInt128 end, ContentBytes header) => FoundContent.UpTo(
        end, new FoundContent(Type) { Uuid = header.Field(56, 16) is { IsEmpty: false } disk ? $"{new Guid(disk):D}" : null });
}
