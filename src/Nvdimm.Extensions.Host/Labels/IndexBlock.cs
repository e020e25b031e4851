using System.Buffers.Binary;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// A namespace index block: one of the two at the start of a label area that say which label slots are in use
/// (Linux v6.1 drivers/nvdimm/label.h, struct nd_namespace_index; UEFI 2.10, 13.19.5).
/// </summary>
/// <param name="Offset">Where it starts in the label area, in bytes.</param>
/// <param name="Size">Its size in bytes, a multiple of 256.</param>
/// <param name="LabelSize">The size of a label in bytes: 128 in version 1.1, 256 from 1.2 on.</param>
/// <param name="Sequence">Its age, from 1 to 3; 1 follows on 3.</param>
/// <param name="Slots">How many labels there is room for.</param>
/// <param name="Major">The major version.</param>
/// <param name="Minor">The minor version.</param>
internal readonly record struct IndexBlock(int Offset, int Size, int LabelSize, int Sequence, int Slots, int Major, int Minor)
{
    /// <summary>Indexes are aligned to 256 bytes (NSINDEX_ALIGN).</summary>
    public const int Unit = 256;

    private const int HeaderSize = 72;
    private const int ChecksumOffset = 64;

    public static ReadOnlySpan<byte> Signature => "NAMESPACE_INDEX\0"u8;

    /// <summary>Where the labels start in the label area.</summary>
    public int LabelsOffset => 2 * Size;

    /// <summary>The size that the kernel gives an index in an area of that size (drivers/nvdimm/label.c, sizeof_namespace_index).</summary>
    public static int SizeIn(int areaSize, int labelSize)
    {
        var slots = areaSize / (labelSize + 1);
        return (HeaderSize + ((slots + 7) / 8) + Unit - 1) / Unit * Unit;
    }

    /// <summary>Reads the first (0) or second (1) index at an offset; null where there is none that the kernel would take.</summary>
    // Linux v6.1 drivers/nvdimm/label.c, __nd_label_validate: signature, sizes, checksum, sequence, offsets, room for the slots.
    public static IndexBlock? Read(ReadOnlySpan<byte> area, int offset, int number)
    {
        if (offset > area.Length - HeaderSize || !area[offset..].StartsWith(Signature))
        {
            return null;
        }

        var header = area[offset..];
        var shift = header[19];
        var sequence = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]) & 3;
        var size = BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
        if (shift > 1 || sequence == 0 || size < Unit || size % Unit != 0 || size > (ulong)(area.Length - offset))
        {
            return null;
        }

        var labelSize = 128 << shift;
        var slots = BinaryPrimitives.ReadUInt32LittleEndian(header[56..]);
        var isPlaced = (ulong)offset == (ulong)number * size
            && BinaryPrimitives.ReadUInt64LittleEndian(header[24..]) == (ulong)offset
            && BinaryPrimitives.ReadUInt64LittleEndian(header[40..]) == (ulong)(1 - number) * size
            && BinaryPrimitives.ReadUInt64LittleEndian(header[48..]) == 2 * size;
        var hasRoom = (slots * (ulong)labelSize) + (2 * size) <= (ulong)area.Length && HeaderSize + ((slots + 7L) / 8) <= (long)size;
        return isPlaced && hasRoom && Fletcher64.Sum(header[..(int)size], ChecksumOffset) == BinaryPrimitives.ReadUInt64LittleEndian(header[ChecksumOffset..])
            ? new IndexBlock(
                offset,
                (int)size,
                labelSize,
                (int)sequence,
                (int)slots,
                BinaryPrimitives.ReadUInt16LittleEndian(header[60..]),
                BinaryPrimitives.ReadUInt16LittleEndian(header[62..]))
            : null;
    }

    /// <summary>Whether it was written after the other one (drivers/nvdimm/label.c, best_seq).</summary>
    public bool IsNewerThan(in IndexBlock other) => Sequence != other.Sequence && Sequence == (other.Sequence % 3) + 1;

    /// <summary>Whether a slot is in use: its bit in the bitmap of free slots is clear.</summary>
    public bool IsInUse(ReadOnlySpan<byte> area, int slot) => (area[Offset + HeaderSize + (slot / 8)] & (1 << (slot % 8))) == 0;
}
