using Nvdimm.Extensions.Host.Native;


namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// LUKS: the on-disk format specifications 1.2.3 (LUKS1, struct phdr) and 1.1.1 (LUKS2, struct luks2_hdr_disk followed by JSON), at the
/// start, big-endian. LUKS2 has a second header, which counts if the first one is overwritten.
/// </summary>
internal static class LuksFormat
{
    private const string Type = "crypto_LUKS";
    private const int BinarySize = 4 << 10;
    private const int Version1Size = 592;
    private const int ChecksumOffset = 448;
    private const int ChecksumField = 64;

    /// <summary>The offsets of a second LUKS2 header within the bytes that are read: after a first header of each valid size.</summary>
    private static readonly int[] SecondHeaders = [0x4000, 0x8000];

    private static ReadOnlySpan<byte> First => [(byte)'L', (byte)'U', (byte)'K', (byte)'S', 0xBA, 0xBE];

    private static ReadOnlySpan<byte> Second => [(byte)'S', (byte)'K', (byte)'U', (byte)'L', 0xBA, 0xBE];

    public static FoundContent? Read(ContentBytes head)
    {
        var first = head.Has(0, First) ? ReadFirst(head) : null;
        if (first is { IsDamaged: false })
        {
            return first;
        }

        foreach (var offset in SecondHeaders)
        {
            var second = head.From(offset);
            if (second.Has(0, Second) && second.Big64(256) == (ulong)offset)
            {
                return ReadVersion2(second) is { IsDamaged: false } whole
                    ? whole
                    : first ?? FoundContent.Damaged(Type, ContentDamage.Checksum);
            }
        }

        return first;
    }

    private static FoundContent ReadFirst(ContentBytes head) => head.Big16(6) switch
    {
        1 => ReadVersion1(head),
        2 => ReadVersion2(head),
        _ => FoundContent.Damaged(Type, ContentDamage.Fields),
    };

    /// <summary>Version 1 has no name, and its data goes to the end of the device, wherever that is.</summary>
    private static FoundContent ReadVersion1(ContentBytes head) =>
        !head.Has(0, Version1Size) ? FoundContent.Damaged(Type, ContentDamage.Truncated)
        : ContentText.UuidText(head.Field(168, 40)) is not { } uuid ? FoundContent.Damaged(Type, ContentDamage.Fields)
        : new FoundContent(Type) { Uuid = uuid };

    private static FoundContent ReadVersion2(ContentBytes header)
    {
        // hdr_size: 16 KiB to 4 MiB. If a large header is not completely read, only its end stays unknown.
        var size = header.Big64(8);
        if (!header.Has(0, BinarySize))
        {
            return FoundContent.Damaged(Type, ContentDamage.Truncated);
        }

        if (size is < 0x4000 or > 0x400000 || header.Big16(6) != 2 || ContentText.UuidText(header.Field(168, 40)) is not { } uuid)
        {
            return FoundContent.Damaged(Type, ContentDamage.Fields);
        }

        var content = new FoundContent(Type) { Label = ContentText.Utf8(header.Field(24, 48)), Uuid = uuid };
        var whole = header.Field(0, (int)size);
        if (whole.IsEmpty)
        {
            return size <= ContentParser.HeadSize / 2 ? FoundContent.Damaged(Type, ContentDamage.Truncated) : content;
        }

        return header.Has(72, "sha256\0"u8) && !IsSealed(whole)
            ? FoundContent.Damaged(Type, ContentDamage.Checksum)
            : LuksSegments.EndIn(whole[BinarySize..]) is { } end ? content with { End = end } : content;
    }

    private static bool IsSealed(ReadOnlySpan<byte> header)
    {
        var hash = new Sha256();
        hash.Add(header[..ChecksumOffset]);
        hash.Add(stackalloc byte[ChecksumField]);
        hash.Add(header[(ChecksumOffset + ChecksumField)..]);
        return header.Slice(ChecksumOffset, Sha256.Size).SequenceEqual(hash.Finish());
    }
}
