using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// A namespace index block: one of the two at the start of a label area that say which label slots are in use
/// (Linux v6.1 drivers/nvdimm/label.h, struct nd_namespace_index; UEFI 2.10, 13.19.5). Its header is 72 bytes; a bitmap of the slots
/// follows.
/// </summary>
/// <param name="Offset">The offset in the label area, in bytes.</param>
/// <param name="Size">The size in bytes, a multiple of 256.</param>
/// <param name="LabelSize">The size of a label in bytes: 128 in version 1.1, 256 from 1.2 on.</param>
/// <param name="Sequence">The sequence number, from 1 to 3; 1 follows 3.</param>
/// <param name="Slots">The number of label slots.</param>
/// <param name="Checksum">The checksum field of the block.</param>
/// <param name="Major">The major version.</param>
/// <param name="Minor">The minor version.</param>
internal readonly record struct IndexBlock(
    long Offset, long Size, int LabelSize, int Sequence, long Slots, ulong Checksum, int Major, int Minor)
{
    /// <summary>Indexes are aligned to 256 bytes (NSINDEX_ALIGN).</summary>
    public const int Unit = 256;

    /// <summary>The bytes before the bitmap.</summary>
    public const int HeaderSize = 72;

    /// <summary>The offset of the checksum in the header.</summary>
    public const int ChecksumOffset = 64;

    /// <summary>
    /// The largest index that is read: 16 MiB, of an area of 16 GiB. The kernel's only limit is the area. A larger index counts as damaged,
    /// so that no guest can make the host read without end.
    /// </summary>
    public const long MaximumSize = 16L << 20;

    private const long KiB = 1L << 10;

    /// <summary>libvirt v9.0.0 rounds backends on x86 to a multiple of this.</summary>
    private static readonly long ModuleBlock = LabelPlace.ModuleBlock.Bytes;

    /// <summary>The smallest label area that QEMU and libvirt accept.</summary>
    private const long Smallest = 128 * KiB;

    private static ReadOnlySpan<byte> Signature => "NAMESPACE_INDEX\0"u8;

    /// <summary>The offset of the first label in the label area.</summary>
    public long LabelsOffset => 2 * Size;

    /// <summary>The number of bytes of the area that both indexes and all slots take.</summary>
    public long UsedSize => LabelsOffset + (Slots * LabelSize);

    /// <summary>
    /// The size that the kernel gives an index with so many slots (Linux v6.1 drivers/nvdimm/label.c, __sizeof_namespace_index).
    /// </summary>
    public static long SizeOf(long slots) => (HeaderSize + ((slots + 7) / 8) + Unit - 1) / Unit * Unit;

    /// <summary>
    /// The number of slots in an area of that size (Linux v6.1 drivers/nvdimm/label.c, nvdimm_num_label_slots): what two indexes leave that
    /// are as large as if the whole area were labels.
    /// </summary>
    public static long SlotsIn(long areaSize, int labelSize) => (areaSize - (2 * SizeOf(areaSize / labelSize))) / labelSize;

    /// <summary>As above for kernels before 5.0, which reserve one byte for each label instead (v4.14, the same function).</summary>
    public static long OldSlotsIn(long areaSize, int labelSize) => areaSize / (labelSize + 1);

    /// <summary>
    /// Reads the header of the first (0) or second (1) index. Null if it has no signature, if its figures contradict each other, or if it
    /// is larger than <see cref="MaximumSize"/>. The caller checks the checksum, which covers the whole block.
    /// </summary>
    /// <param name="header">At least <see cref="HeaderSize"/> bytes.</param>
    /// <param name="offset">The offset of the header in the area.</param>
    /// <param name="number">Which of the two indexes it is.</param>
    /// <param name="room">The largest size in bytes that the area can have.</param>
    // Linux v6.1 drivers/nvdimm/label.c, __nd_label_validate: signature, sizes, sequence, offsets, room for the slots.
    public static IndexBlock? Read(ReadOnlySpan<byte> header, long offset, int number, long room)
    {
        if (header.Length < HeaderSize || !header.StartsWith(Signature))
        {
            return null;
        }

        var shift = header[19];
        var sequence = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]) & 3;
        var size = BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
        if (shift > 1 || sequence == 0 || size < Unit || size % Unit != 0 || size > MaximumSize)
        {
            return null;
        }

        var index = new IndexBlock(
            offset,
            (long)size,
            128 << shift,
            (int)sequence,
            BinaryPrimitives.ReadUInt32LittleEndian(header[56..]),
            BinaryPrimitives.ReadUInt64LittleEndian(header[ChecksumOffset..]),
            BinaryPrimitives.ReadUInt16LittleEndian(header[60..]),
            BinaryPrimitives.ReadUInt16LittleEndian(header[62..]));
        var isPlaced = offset == number * index.Size
            && BinaryPrimitives.ReadUInt64LittleEndian(header[24..]) == (ulong)offset
            && BinaryPrimitives.ReadUInt64LittleEndian(header[40..]) == (ulong)((1 - number) * index.Size)
            && BinaryPrimitives.ReadUInt64LittleEndian(header[48..]) == (ulong)index.LabelsOffset;
        var hasRoom = index.UsedSize <= room && HeaderSize + ((index.Slots + 7) / 8) <= index.Size;
        return isPlaced && hasRoom ? index : null;
    }

    /// <summary>
    /// Whether bytes begin with the signature. A search asks this thousands of times, so the first eight bytes are compared as one number.
    /// </summary>
    public static bool IsSigned(ReadOnlySpan<byte> header) =>
        MemoryMarshal.Read<ulong>(header) == MemoryMarshal.Read<ulong>(Signature) && header.StartsWith(Signature);

    /// <summary>The offset in the area that a header gives for its block; 0 if no index can be at that offset.</summary>
    public static long OffsetIn(ReadOnlySpan<byte> header)
    {
        var offset = BinaryPrimitives.ReadUInt64LittleEndian(header[24..]);
        return offset % Unit == 0 && offset <= MaximumSize && offset == BinaryPrimitives.ReadUInt64LittleEndian(header[32..])
            ? (long)offset
            : 0;
    }

    /// <summary>Whether this index was written after the other one (Linux v6.1 drivers/nvdimm/label.c, best_seq).</summary>
    public bool IsNewerThan(in IndexBlock other) => Sequence != other.Sequence && Sequence == (other.Sequence % 3) + 1;

    /// <summary>
    /// The size of the area in bytes: the one for which a kernel would have made this index. LAYOUTS.md has the arithmetic. If one of the
    /// asked sizes fits, it is that. Otherwise, if both a kernel from 5.0 on and an older one could have made the index, it is the size of
    /// the newer kernel if its end is a multiple of 2 MiB, else the size with the rounder end. If no kernel could (labels of another
    /// system), it is an asked size that the index fits in, else what the index needs, rounded up to whole KiB, and at least 128 KiB.
    /// </summary>
    /// <param name="start">The offset of the area on the device.</param>
    /// <param name="room">The number of bytes from there to the end of the device.</param>
    /// <param name="asked">The sizes that the caller expects for an area at this offset; empty for none.</param>
    public long AreaSize(long start, long room, IReadOnlyList<long> asked)
    {
        var current = CurrentSize();
        var old = InKiB(Slots * (LabelSize + 1));
        foreach (var size in asked)
        {
            if (IsOf(size) && size <= room)
            {
                return size;
            }
        }

        var (isCurrent, isOld) = (IsLibvirts(current, room), IsLibvirts(old, room));
        if (isCurrent || isOld)
        {
            var isRounder = (start + current) % ModuleBlock != 0
                && BitOperations.TrailingZeroCount(start + old) > BitOperations.TrailingZeroCount(start + current);
            return isCurrent && !(isOld && isRounder) ? current : old;
        }

        foreach (var size in asked)
        {
            if (UsedSize <= size && size <= room)
            {
                return size;
            }
        }

        return Math.Min(room, Math.Max(Smallest, InKiB(UsedSize)));
    }

    /// <summary>
    /// The size in whole KiB for which kernels from 5.0 on make so many slots. They leave room for an index of a few more slots than there
    /// are.
    /// </summary>
    private long CurrentSize()
    {
        var size = InKiB(UsedSize);
        for (var round = 0; round < 4; round++)
        {
            size = InKiB((2 * SizeOf(size / LabelSize)) + (Slots * LabelSize));
        }

        return size;
    }

    /// <summary>Whether a kernel would make this index in an area of that size.</summary>
    private bool IsOf(long areaSize) =>
        UsedSize <= areaSize && Size == SizeOf(Slots)
            && (SlotsIn(areaSize, LabelSize) == Slots || OldSlotsIn(areaSize, LabelSize) == Slots);

    private bool IsLibvirts(long areaSize, long room) => areaSize >= Smallest && areaSize <= room && IsOf(areaSize);

    private static long InKiB(long size) => (size + KiB - 1) / KiB * KiB;
}
