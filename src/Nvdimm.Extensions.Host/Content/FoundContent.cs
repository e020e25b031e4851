namespace Nvdimm.Extensions.Host.Content;

/// <summary>A file system, volume or partition table that a device holds from its start on, as its superblock says it.</summary>
/// <param name="Type">What it is, in the words of <c>blkid</c> as far as it has one: <c>ext4</c>, <c>LVM2_member</c>, <c>dos</c>, <c>nvdimm-pfn</c>.</param>
public sealed record FoundContent(string Type)
{
    /// <summary>Its name, without characters that could steer a terminal; null where it has none.</summary>
    public string? Label { get; init; }

    /// <summary>Its uuid, serial number or disk identifier as <c>blkid</c> writes it; null where it has none.</summary>
    public string? Uuid { get; init; }

    /// <summary>
    /// The first byte behind what it claims, from the start of the device. Null where the superblock does not say it (LUKS takes what there is)
    /// and where it is damaged.
    /// </summary>
    public ByteSize? End { get; init; }

    /// <summary>
    /// The largest device on which it is found again: MD 0.90 and 1.0 look for their superblock at the end of the device. Null where the
    /// end of the device does not matter.
    /// </summary>
    public ByteSize? LargestFit { get; init; }

    /// <summary>Where the data begins behind pmem's own info block; null for everything else.</summary>
    public ByteSize? DataOffset { get; init; }

    /// <summary>The uuid of the namespace that pmem's own info block was written for; null for everything else, and where it names none.</summary>
    public string? ParentUuid { get; init; }

    /// <summary>Why it cannot be believed.</summary>
    public ContentDamage Damage { get; init => field = EnumArgument.Checked(value); }

    /// <summary>Whether it cannot be believed. It has no end then.</summary>
    public bool IsDamaged => Damage != ContentDamage.None;

    /// <summary>For people: <c>ext4 'backup', 800 MiB</c>; <c>damaged xfs</c>; <c>crypto_LUKS, size unknown</c>.</summary>
    public override string ToString()
    {
        var name = Label is null ? Type : $"{Type} '{Label}'";
        return IsDamaged ? $"damaged {name}" : $"{name}, {End?.ToString() ?? "size unknown"}";
    }

    internal static FoundContent Damaged(string type, ContentDamage damage) => new(type) { Damage = damage };

    /// <summary>Content up to an end in bytes; damaged where that is no end that a device can have: 0, or above 2^63 - 1.</summary>
    internal static FoundContent UpTo(UInt128 end, FoundContent content) =>
        end == 0 || end > long.MaxValue ? Damaged(content.Type, ContentDamage.Fields) : content with { End = ByteSize.FromBytes((long)end) };
}
