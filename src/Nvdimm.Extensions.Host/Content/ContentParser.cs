namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// Recognises the content of a device from its bytes. Pure; no bytes cause an exception, and the time does not depend on them.
/// </summary>
internal static class ContentParser
{
    /// <summary>The number of bytes needed from the start: the last superblock is that of Btrfs, 4 KiB at 64 KiB.</summary>
    public const int HeadSize = 68 << 10;

    /// <summary>The largest number of bytes needed before an end: the superblock of MD 0.90 begins up to 128 KiB before it.</summary>
    public const int TailSize = 128 << 10;

    /// <summary>Every format that is recognised at the start; the order does not matter.</summary>
    private static readonly ContentFormat[] Formats =
    [
        ExtFormat.Read,
        XfsFormat.Read,
        BtrfsFormat.Read,
        F2fsFormat.Read,
        LvmFormat.Read,
        LuksFormat.Read,
        MdFormat.ReadAtStart,
        MdFormat.ReadAtFourKiB,
        SwapFormat.Read,
        GptFormat.Read,
        NtfsFormat.Read,
        ExfatFormat.Read,
        FatFormat.Read,
        PmemFormat.ReadPfn,
        PmemFormat.ReadDax,
        PmemFormat.ReadBtt,
    ];

    /// <summary>The offset of the bytes that <see cref="ReadTail"/> needs if the device ends at <paramref name="end"/>.</summary>
    public static long TailStart(ByteSize end) => Math.Max(0, (end.Bytes & -(64L << 10)) - (64L << 10));

    /// <summary>Adds the content at the start of a device.</summary>
    /// <param name="head">The first <see cref="HeadSize"/> bytes, or all of a smaller device.</param>
    /// <param name="sectorSize">The sector size that an MBR counts in; null for 512 bytes.</param>
    /// <param name="contents">Takes the content.</param>
    public static void ReadHead(ReadOnlySpan<byte> head, ByteSize? sectorSize, List<FoundContent> contents)
    {
        var bytes = new ContentBytes(head);
        foreach (var format in Formats)
        {
            if (format(bytes) is { } content)
            {
                contents.Add(content);
            }
        }

        // The boot sectors of file systems end like an MBR, and have program code in place of a table.
        if (MbrFormat.Read(bytes, sectorSize) is { } table && !contents.Exists(HasBootSector)
            && (MbrFormat.HasPartitions(bytes) || !contents.Exists(IsWhole)))
        {
            contents.Add(table);
        }
    }

    /// <summary>Adds the content at the end of a device of this size.</summary>
    /// <param name="tail">The bytes from <see cref="TailStart"/> to the end.</param>
    /// <param name="end">The size of the device, as the guest or the host sees it.</param>
    /// <param name="contents">Takes the content.</param>
    public static void ReadTail(ReadOnlySpan<byte> tail, ByteSize end, List<FoundContent> contents)
    {
        var bytes = new ContentBytes(tail);
        FoundContent?[] atEnd =
            [GptFormat.ReadBackup(bytes, end), MdFormat.ReadBeforeEnd(bytes, end), MdFormat.ReadOldBeforeEnd(bytes, end)];
        foreach (var content in atEnd)
        {
            if (content is not null)
            {
                contents.Add(content);
            }
        }
    }

    /// <summary>Each content once. A damaged copy is left out if a valid content of the same type was found.</summary>
    public static ValueList<FoundContent> Resolve(List<FoundContent> contents) =>
        contents.Where(content => !content.IsDamaged || !contents.Exists(other => !other.IsDamaged && other.Type == content.Type))
            .Distinct()
            .ToValueList();

    private static bool IsWhole(FoundContent content) => !content.IsDamaged;

    private static bool HasBootSector(FoundContent content) =>
        content.Type is FatFormat.Type or NtfsFormat.Type or ExfatFormat.Type or GptFormat.Type;
}

/// <summary>Reads one format from the start of a device.</summary>
/// <param name="head">The first 68 KiB, or all of a smaller device.</param>
/// <returns>The content, possibly damaged; null if there is no signature.</returns>
internal delegate FoundContent? ContentFormat(ContentBytes head);
