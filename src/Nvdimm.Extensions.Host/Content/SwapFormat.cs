namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// Swap space, also with a hibernated system: Linux v6.1 include/linux/swap.h, union swap_header, in the byte order and with the page size
/// of the machine that made it. The signature is at the end of the first page.
/// </summary>
internal static class SwapFormat
{
    private const int Info = 1024;
    private const int SignatureLength = 10;
    private static readonly int[] PageSizes = [4 << 10, 8 << 10, 16 << 10, 32 << 10, 64 << 10];

    public static FoundContent? Read(ContentBytes head)
    {
        foreach (var pageSize in PageSizes)
        {
            if (TypeOf(head.Field(pageSize - SignatureLength, SignatureLength)) is { } type)
            {
                return Read(head, type, pageSize);
            }
        }

        return null;
    }

    private static FoundContent Read(ContentBytes head, string type, int pageSize)
    {
        // version, last_page, sws_uuid, sws_volume. The older "SWAP-SPACE" has no fields: a bitmap is in their place.
        var isBig = head.Big32(Info) == 1;
        if (!isBig && head.Little32(Info) != 1)
        {
            return head.Has(pageSize - SignatureLength, "SWAP-SPACE"u8)
                ? new FoundContent(type)
                : FoundContent.Damaged(type, ContentDamage.Fields);
        }

        var last = isBig ? head.Big32(Info + 4) : head.Little32(Info + 4);
        return last == 0
            ? FoundContent.Damaged(type, ContentDamage.Fields)
            : FoundContent.UpTo(
                ((UInt128)last + 1) * (uint)pageSize,
                new FoundContent(type)
                { Label = ContentText.Utf8(head.Field(Info + 28, 16)), Uuid = ContentText.Uuid(head.Field(Info + 12, 16)) });
    }

    /// <summary>
    /// kernel/power/swap.c, uswsusp and TuxOnIce put their signatures in place of swap's own (util-linux 2.38 superblocks/swap.c).
    /// </summary>
    private static string? TypeOf(ReadOnlySpan<byte> signature) =>
        signature.SequenceEqual("SWAPSPACE2"u8) || signature.SequenceEqual("SWAP-SPACE"u8) ? "swap"
        : signature.StartsWith("S1SUSPEND"u8) || signature.StartsWith("S2SUSPEND"u8) || signature.StartsWith("ULSUSPEND"u8)
            || signature.StartsWith("LINHIB0001"u8) ? "swsuspend"
        : null;
}
