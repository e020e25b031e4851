namespace Nvdimm.Extensions.Host.Content;

/// <summary>A file system, volume or partition table on a device, as described by its superblock.</summary>
/// <param name="Type">
/// The type, in the words of <c>blkid</c> if it has one: <c>ext4</c>, <c>LVM2_member</c>, <c>dos</c>, <c>nvdimm-pfn</c>.
/// </param>
public sealed record FoundContent(string Type)
{
    /// <summary>The name, without control characters of a terminal; null if there is none.</summary>
    public string? Label { get; init; }

    /// <summary>The uuid, serial number or disk identifier in the notation of <c>blkid</c>; null if there is none.</summary>
    public string? Uuid { get; init; }

    /// <summary>
    /// The offset of the first byte after the content, from the start of the device. Null if the superblock does not tell (LUKS takes what
    /// there is), or if it is damaged.
    /// </summary>
    public ByteSize? End { get; init; }

    /// <summary>
    /// The largest device on which the content is found again: MD 0.90 and 1.0 look for their superblock at the end of the device. Null if
    /// the end of the device does not matter.
    /// </summary>
    public ByteSize? LargestFit { get; init; }

    /// <summary>The offset of the data after pmem's own info block; null for all other types.</summary>
    public ByteSize? DataOffset { get; init; }

    /// <summary>
    /// The uuid of the namespace for which pmem's own info block was written; null for all other types, and if it names none.
    /// </summary>
    public string? ParentUuid { get; init; }

    /// <summary>Why the content is not valid.</summary>
    public ContentDamage Damage { get; init => field = EnumArgument.Checked(value, last: ContentDamage.Truncated); }

    /// <summary>Whether the content is not valid. It then has no end.</summary>
    public bool IsDamaged => Damage != ContentDamage.None;

    /// <summary>The content in words: <c>ext4 'backup', 800 MiB</c>; <c>damaged xfs</c>; <c>crypto_LUKS, size unknown</c>.</summary>
    public override string ToString()
    {
        var name = Label is null ? Type : $"{Type} '{Label}'";
        return IsDamaged ? $"damaged {name}" : $"{name}, {End?.ToString() ?? "size unknown"}";
    }

    internal static FoundContent Damaged(string type, ContentDamage damage) => new(type) { Damage = damage };

    /// <summary>Content up to an end in bytes; damaged if a device cannot have that end: 0, or above 2^63 - 1.</summary>
    internal static FoundContent UpTo(UInt128 end, FoundContent content) =>
        end == 0 || end > long.MaxValue
            ? Damaged(content.Type, ContentDamage.Fields)
            : content with { End = ByteSize.FromBytes((long)end) };
}

/// <summary>Why a superblock with a valid signature is not valid.</summary>
public enum ContentDamage
{
    /// <summary>The superblock is valid.</summary>
    None,

    /// <summary>The checksum is wrong: some bytes are not what the format's tools wrote.</summary>
    Checksum,

    /// <summary>The fields contradict each other or the format, or refer to something that is not there.</summary>
    Fields,

    /// <summary>The device ends inside the superblock.</summary>
    Truncated,
}
