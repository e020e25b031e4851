using Nvdimm.Extensions.Host.Labels;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// The info blocks that the kernel writes 4 KiB into a namespace: Linux v6.1 drivers/nvdimm/pfn.h, struct nd_pfn_sb (fsdax and devdax), and
/// drivers/nvdimm/btt.h, struct btt_sb (sector mode; at the start if a label says BTT 2.0). A namespace hides its own info block. So one
/// that is seen is a guest's, or that of a namespace that has fallen back to its raw area.
/// </summary>
internal static class PmemFormat
{
    private const int Offset = 4 << 10;
    private const int Size = 4 << 10;
    private const int ChecksumOffset = 4088;
    private const int FirstMinorWithPageSize = 4;

    public static FoundContent? ReadPfn(ContentBytes head) => ReadPages(head.From(Offset), "NVDIMM_PFN_INFO\0"u8, "nvdimm-pfn");

    public static FoundContent? ReadDax(ContentBytes head) => ReadPages(head.From(Offset), "NVDIMM_DAX_INFO\0"u8, "nvdimm-dax");

    public static FoundContent? ReadBtt(ContentBytes head) => ReadArena(head.From(Offset), Offset) ?? ReadArena(head, offset: 0);

    private static FoundContent? ReadPages(ContentBytes block, ReadOnlySpan<byte> signature, string type)
    {
        if (!block.Has(0, signature))
        {
            return null;
        }

        if (Damage(block) is not ContentDamage.None and var damage)
        {
            return FoundContent.Damaged(type, damage);
        }

        // dataoff, npfns, start_pad (from 1.1 on), page_size (from 1.4 on; before, it is the page size of an unknown machine).
        var minor = block.Little16(54);
        var (data, pages, pageSize) = (block.Little64(56), block.Little64(64), (ulong)block.Little32(88));
        var start = (UInt128)data + (minor == 0 ? 0 : block.Little32(76));
        var hasEnd = minor >= FirstMinorWithPageSize;
        if (data < 2 * Size || start > long.MaxValue || pages == 0 || (hasEnd && pageSize is < 4096 or > 1 << 20))
        {
            return FoundContent.Damaged(type, ContentDamage.Fields);
        }

        var content = With(new FoundContent(type) { DataOffset = ByteSize.FromBytes((long)start) }, block);
        return hasEnd ? FoundContent.UpTo(start + ((UInt128)pages * pageSize), content) : content;
    }

    private static FoundContent? ReadArena(ContentBytes block, int offset)
    {
        const string Type = "nvdimm-btt";
        if (!block.Has(0, "BTT_ARENA_INFO\0\0"u8))
        {
            return null;
        }

        if (Damage(block) is not ContentDamage.None and var damage)
        {
            return FoundContent.Damaged(Type, damage);
        }

        // nextoff, dataoff, info2off: a copy of the info block ends the arena, which has at most 512 GiB. If another arena follows, only
        // its own info block tells its end.
        var (next, data, copy) = (block.Little64(80), block.Little64(88), block.Little64(112));
        return data > copy || data > long.MaxValue - (ulong)offset
            ? FoundContent.Damaged(Type, ContentDamage.Fields)
            : With(new FoundContent(Type) { DataOffset = ByteSize.FromBytes((long)data + offset) }, block) is var content && next != 0
                ? content
                : FoundContent.UpTo((UInt128)copy + Size + (uint)offset, content);
    }

    /// <summary>Checks the Fletcher checksum over the whole block (nd_sb_checksum).</summary>
    private static ContentDamage Damage(ContentBytes block) =>
        block.Field(0, Size) is not { IsEmpty: false } bytes ? ContentDamage.Truncated
        : Fletcher64.Sum(bytes, ChecksumOffset) != block.Little64(ChecksumOffset) ? ContentDamage.Checksum
        : ContentDamage.None;

    private static FoundContent With(FoundContent content, ContentBytes block) =>
        content with { Uuid = ContentText.Uuid(block.Field(16, 16)), ParentUuid = ContentText.Uuid(block.Field(32, 16)) };
}
