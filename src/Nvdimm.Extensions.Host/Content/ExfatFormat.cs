namespace Nvdimm.Extensions.Host.Content;

/// <summary>exFAT: Microsoft, exFAT file system specification 1.00, 3.1, the boot sector.</summary>
internal static class ExfatFormat
{
    /// <summary>The name of the format in <c>blkid</c>.</summary>
    public const string Type = "exfat";

    /// <summary>FileSystemName.</summary>
    public static ReadOnlySpan<byte> Signature => "EXFAT   "u8;

    public static FoundContent? Read(ContentBytes head)
    {
        if (!head.Has(3, Signature))
        {
            return null;
        }

        // VolumeLength in sectors, BytesPerSectorShift, VolumeSerialNumber. The name is in the root directory, which can be anywhere, so it
        // is not read.
        var (shift, serial) = (head[108], head.Little32(100));
        return !head.Has(0, 512) ? FoundContent.Damaged(Type, ContentDamage.Truncated)
            : shift is < 9 or > 12 || head.Little16(510) != 0xAA55 ? FoundContent.Damaged(Type, ContentDamage.Fields)
            : FoundContent.UpTo(
                (UInt128)head.Little64(72) << shift, new FoundContent(Type) { Uuid = $"{serial >> 16:X4}-{serial & 0xFFFF:X4}" });
    }
}
