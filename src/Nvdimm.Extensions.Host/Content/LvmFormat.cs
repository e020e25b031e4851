using System.Buffers;
using System.Text;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// A physical volume of LVM2: LVM 2.03 lib/label/label.h, struct label_header, in one of the first four sectors of 512 bytes, and
/// lib/format_text/layout.h, struct pv_header.
/// </summary>
internal static class LvmFormat
{
    private const string Type = "LVM2_member";
    private const int Sector = 512;
    private const int Sectors = 4;
    private const int IdLength = 32;

    /// <summary>The characters of an id (lib/uuid/uuid.c, _c).</summary>
    private static readonly SearchValues<byte> IdCharacters = SearchValues.Create(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#"u8);

    /// <summary>The lengths of the parts of an id, which are separated by dashes: 6-4-4-4-4-4-6 (id_write_format).</summary>
    private static readonly int[] Groups = [6, 4, 4, 4, 4, 4, 6];

    public static FoundContent? Read(ContentBytes head)
    {
        for (var number = 0; number < Sectors; number++)
        {
            var label = head.From(number * Sector);
            if (label.Has(0, "LABELONE"u8) && label.Has(24, "LVM2 001"u8))
            {
                return ReadLabel(label, number);
            }
        }

        return null;
    }

    private static FoundContent ReadLabel(ContentBytes label, int number)
    {
        if (!label.Has(0, Sector))
        {
            return FoundContent.Damaged(Type, ContentDamage.Truncated);
        }

        // crc_xl: a CRC-32 with LVM's own seed, over everything after it (lib/misc/crc.c).
        if (ContentChecksum.Crc32(0xF597A6CF, label.Field(20, Sector - 20)) != label.Little32(16))
        {
            return FoundContent.Damaged(Type, ContentDamage.Checksum);
        }

        // sector_xl, offset_xl; then pv_uuid and device_size_xl.
        var header = label.Little32(20);
        return label.Little64(8) != (ulong)number || header is < 32 or > Sector - IdLength - 8
            ? FoundContent.Damaged(Type, ContentDamage.Fields)
            : FoundContent.UpTo(
                label.Little64((int)header + IdLength), new FoundContent(Type) { Uuid = IdOf(label.Field(header, IdLength)) });
    }

    private static string? IdOf(ReadOnlySpan<byte> id)
    {
        if (id.ContainsAnyExcept(IdCharacters))
        {
            return null;
        }

        var text = Encoding.ASCII.GetString(id);
        var dashed = new StringBuilder();
        var at = 0;
        foreach (var length in Groups)
        {
            dashed.Append(at == 0 ? "" : "-").Append(text, at, length);
            at += length;
        }

        return dashed.ToString();
    }
}
