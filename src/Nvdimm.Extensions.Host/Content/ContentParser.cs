namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// Recognises what a device holds, from its bytes: pure, without exceptions whatever the bytes are, in time that does not depend on them.
/// </summary>
internal static class ContentParser
{
    /// <summary>How much of the start is needed: the last superblock is that of Btrfs, 4 KiB at 64 KiB.</summary>
    public const int HeadSize = 68 << 10;

    /// <summary>How much before an end is needed at most: the superblock of MD 0.90 begins up to 128 KiB before it.</summary>
    public const int TailSize = 128 << 10;

    /// <summary>Every format that is recognised at the start, in no order that matters.</summary>
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

    /// <summary>Where the bytes begin that <see cref="ReadTail"/> needs of a device that ends there.</summary>
    public static long TailStart(ByteSize end) => Math.Max(0, (end.Bytes & -(64L << 10)) - (64L << 10));

    /// <summary>Adds what the start of a device holds.</summary>
    /// <param name="head">The first <see cref="HeadSize"/> bytes, or all of a smaller device.</param>
    /// <param name="sectorSize">The sector in which an MBR counts; null for 512 bytes.</param>
    /// <param name="found">What is added to.</param>
    public static void ReadHead(ReadOnlySpan<byte> head, ByteSize? sectorSize, List<FoundContent> found)
    {
        var bytes = new ContentBytes(head);
        foreach (var format in Formats)
        {
            if (format(bytes) is { } content)
            {
                found.Add(content);
            }
        }

        // The boot sectors of file systems end like an MBR, and where a table would be they have program code.
        if (MbrFormat.Read(bytes, sectorSize) is { } table && !found.Exists(HasBootSector) && (MbrFormat.HasPartitions(bytes) || !found.Exists(IsWhole)))
        {
            found.Add(table);
        }
    }

    /// <summary>Adds what a device of a size holds at its end.</summary>
    /// <param name="tail">The bytes from <see cref="TailStart"/> to the end.</param>
    /// <param name="end">The size of the device, as the guest or the host sees it.</param>
    /// <param name="found">What is added to.</param>
    public static void ReadTail(ReadOnlySpan<byte> tail, ByteSize end, List<FoundContent> found)
    {
        var bytes = new ContentBytes(tail);
        foreach (var content in new[] { GptFormat.ReadBackup(bytes, end), MdFormat.ReadBeforeEnd(bytes, end), MdFormat.ReadOldBeforeEnd(bytes, end) })
        {
            if (content is not null)
            {
                found.Add(content);
            }
        }
    }

    /// <summary>Each content once. A damaged copy is left out where a whole one of its type says the same better.</summary>
    public static ValueList<FoundContent> Resolve(List<FoundContent> found) =>
        found.Where(content => !content.IsDamaged || !found.Exists(other => !other.IsDamaged && other.Type == content.Type)).Distinct().ToValueList();

    private static bool IsWhole(FoundContent content) => !content.IsDamaged;

    private static bool HasBootSector(FoundContent content) => content.Type is FatFormat.Type or NtfsFormat.Type or ExfatFormat.Type or GptFormat.Type;
}
