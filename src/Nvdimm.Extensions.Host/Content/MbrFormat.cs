namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// The partition table of a master boot record: UEFI 2.10, 5.2.1, table 5.1 (Legacy MBR). An extended partition contains the logical ones.
/// </summary>
internal static class MbrFormat
{
    private const string Type = "dos";
    private const int Table = 446;
    private const int EntrySize = 16;
    private const int Entries = 4;
    private const byte Protective = 0xEE;
    private static readonly ByteSize UsualSector = ByteSize.FromBytes(512);

    /// <summary>Reads the table. A protective MBR before a GPT is not a table of its own.</summary>
    /// <param name="head">The start of the device.</param>
    /// <param name="sectorSize">The sector size that it counts in; null for 512 bytes.</param>
    public static FoundContent? Read(ContentBytes head, ByteSize? sectorSize)
    {
        if (!IsSigned(head) || IsProtective(head))
        {
            return null;
        }

        var sector = (sectorSize ?? UsualSector).Bytes;
        UInt128 end = 1;
        for (var number = 0; number < Entries; number++)
        {
            var entry = head.From(Table + (number * EntrySize));
            if ((entry[0] & 0x7F) != 0)
            {
                return FoundContent.Damaged(Type, ContentDamage.Fields);
            }

            // OSType, StartingLBA, SizeInLBA.
            end = entry[4] == 0 ? end : UInt128.Max(end, (UInt128)entry.Little32(8) + entry.Little32(12));
        }

        return FoundContent.UpTo(
            end * (UInt128)sector, new FoundContent(Type) { Uuid = head.Little32(440) is > 0 and var id ? $"{id:x8}" : null });
    }

    /// <summary>Whether it is a protective MBR: one entry covers the whole device (UEFI 2.10, 5.2.3).</summary>
    public static bool IsProtective(ContentBytes head) => IsSigned(head) && HasEntry(head, type => type == Protective);

    /// <summary>Whether it is a table with at least one partition.</summary>
    public static bool HasPartitions(ContentBytes head)
    {
        for (var number = 0; number < Entries; number++)
        {
            if ((head[Table + (number * EntrySize)] & 0x7F) != 0)
            {
                return false;
            }
        }

        return HasEntry(head, type => type != 0);
    }

    private static bool IsSigned(ContentBytes head) => head.Little16(510) == 0xAA55;

    private static bool HasEntry(ContentBytes head, Predicate<byte> isWanted)
    {
        for (var number = 0; number < Entries; number++)
        {
            if (isWanted(head[Table + (number * EntrySize) + 4]))
            {
                return true;
            }
        }

        return false;
    }
}
