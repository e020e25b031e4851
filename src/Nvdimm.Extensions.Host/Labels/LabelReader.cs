using Nvdimm.Extensions.Host.Native;


namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// Reads label areas from a device through one buffer: the index blocks, the labels in use, and, up to <see cref="LabelArea.WholeSize"/>,
/// the rest for the checksum. The first piece, which contains the index blocks and labels of most areas, is read only once. The end of the
/// device is the only limit that the reader knows.
/// </summary>
/// <param name="content">The device.</param>
/// <param name="buffer">A buffer of at least <see cref="PieceSize"/> bytes, which is overwritten.</param>
internal sealed class LabelReader(IDeviceContent content, byte[] buffer)
{
    /// <summary>The bytes of one read. Each start of a hook allocates this memory anew, which costs more than a few more reads.</summary>
    public const int PieceSize = 32 << 10;

    /// <summary>
    /// The bytes that the search for signatures reads at each place: the first index, and the second index of areas up to 2 MiB, which
    /// starts at 2304 at most.
    /// </summary>
    public const int HeadSize = 2304 + IndexBlock.HeaderSize;

    /// <summary>The largest number of labels in use. No guest makes more; an area with more counts as damaged.</summary>
    private const int MostLabels = 1 << 16;

    /// <summary>The range of the device that the buffer holds. It is empty at the start of each request.</summary>
    private (long Start, int Length) held;

    private delegate void PieceAction(ReadOnlySpan<byte> piece);

    /// <summary>Reads the area at an offset; its size is what its index gives.</summary>
    /// <param name="start">The offset in bytes.</param>
    /// <param name="asked">The sizes that the caller expects for an area at this offset; see <see cref="IndexBlock.AreaSize"/>.</param>
    /// <param name="sizes">Other sizes that areas can have. They tell where to find the second index if the first one is destroyed.</param>
    /// <returns>The area, or null if neither of its indexes is valid.</returns>
    /// <exception cref="IOException">The device cannot be read.</exception>
    public LabelArea? At(long start, IReadOnlyList<long> asked, IReadOnlyList<long> sizes)
    {
        var room = content.Length - start;
        Hold(start, room);
        return Current(start, room, [.. asked, .. sizes]) is { } index ? Area(start, index.AreaSize(start, room, asked), index) : null;
    }

    /// <summary>Reads an area of known size.</summary>
    public LabelArea? Whole(long start, long size)
    {
        Hold(start, size);
        return Current(start, size, [size]) is { } index ? Area(start, size, index) : null;
    }

    /// <summary>SHA-256 of a range of the device, 64 lower-case hexadecimal digits.</summary>
    public string HashOf(long start, long size)
    {
        held = default;
        return Hashed(start, size);
    }

    /// <summary>Whether all bytes of a range are zero.</summary>
    public bool IsZero(long start, long size)
    {
        held = default;
        var isZero = true;
        Pieces(start, size, piece => isZero &= !piece.ContainsAnyExcept((byte)0));
        return isZero;
    }

    /// <summary>The offset of the area to which the first signature in these bytes belongs; null if they have none.</summary>
    /// <param name="bytes">Bytes of the device.</param>
    /// <param name="offset">The offset of the bytes on the device.</param>
    /// <param name="from">The index in the bytes to begin at, a multiple of 256; on return the index to go on from.</param>
    public static long? StartIn(ReadOnlySpan<byte> bytes, long offset, ref int from)
    {
        for (; from <= bytes.Length - IndexBlock.HeaderSize; from += IndexBlock.Unit)
        {
            var header = bytes[from..];
            if (IndexBlock.IsSigned(header))
            {
                var at = offset + from;
                from += IndexBlock.Unit;
                return Math.Max(0, at - IndexBlock.OffsetIn(header));
            }
        }

        return null;
    }

    private LabelArea? Area(long start, long size, in IndexBlock index)
    {
        var slots = SlotsInUse(start, index);
        if (slots is null)
        {
            return null;
        }

        var labels = new List<NamespaceLabel>();
        Span<byte> label = stackalloc byte[index.LabelSize];
        foreach (var slot in slots)
        {
            Read(start + index.LabelsOffset + ((long)slot * index.LabelSize), label);
            if (NamespaceLabel.Read(label, slot) is { } read)
            {
                labels.Add(read);
            }
        }

        var digest = new LabelDigest();
        if (size > LabelArea.WholeSize.Bytes)
        {
            var hash = new Sha256();
            ForIndexesAndLabels(start, index, slots, piece =>
            {
                digest.Add(piece);
                hash.Add(piece);
            });
            return new LabelArea(size, index, labels.ToValueList(), digest.Sum, hash.FinishText());
        }

        Pieces(start, size, digest.Add);
        return digest.IsKept
            ? new LabelArea(size, index, labels.ToValueList(), digest.Sum, digest.Kept)
            : new LabelArea(size, index, labels.ToValueList(), digest.Sum, Hashed(start, size));
    }

    private string Hashed(long start, long size)
    {
        var hash = new Sha256();
        Pieces(start, size, hash.Add);
        return hash.FinishText();
    }

    /// <summary>Calls an action for the index blocks and the labels in use.</summary>
    private void ForIndexesAndLabels(long start, in IndexBlock index, List<int> slots, PieceAction action)
    {
        Pieces(start, index.LabelsOffset, action);
        foreach (var slot in slots)
        {
            Pieces(start + index.LabelsOffset + ((long)slot * index.LabelSize), index.LabelSize, action);
        }
    }

    /// <summary>The slots whose bit in the bitmap of free slots is clear; null if there are too many.</summary>
    private List<int>? SlotsInUse(long start, in IndexBlock index)
    {
        var slots = new List<int>();
        var (count, at) = (index.Slots, 0L);
        Pieces(start + index.Offset + IndexBlock.HeaderSize, (count + 7) / 8, piece =>
        {
            foreach (var bits in piece)
            {
                for (var bit = 0; bits != byte.MaxValue && bit < 8 && slots.Count <= MostLabels; bit++)
                {
                    if ((bits & (1 << bit)) == 0 && at + bit < count)
                    {
                        slots.Add((int)(at + bit));
                    }
                }

                at += 8;
            }
        });
        return slots.Count > MostLabels ? null : slots;
    }

    private IndexBlock? Current(long start, long room, IReadOnlyList<long> sizes)
    {
        var first = Index(start, 0, 0, room);
        var second = first is { } header ? Index(start, header.Size, 1, room) : Second(start, room, sizes);
        return first is { } one && second is { } two ? (two.IsNewerThan(one) ? two : one) : first ?? second;
    }

    /// <summary>
    /// Finds the second index if the first is destroyed: after a first one for either label version, in areas up to 2 MiB and of these
    /// sizes.
    /// </summary>
    private IndexBlock? Second(long start, long room, IReadOnlyList<long> sizes)
    {
        for (long offset = IndexBlock.Unit; offset <= HeadSize - IndexBlock.HeaderSize; offset += IndexBlock.Unit)
        {
            if (Index(start, offset, 1, room) is { } second)
            {
                return second;
            }
        }

        foreach (var size in sizes)
        {
            foreach (var offset in SecondOffsets(size))
            {
                if (offset > HeadSize - IndexBlock.HeaderSize && Index(start, offset, 1, room) is { } second)
                {
                    return second;
                }
            }
        }

        return null;
    }

    /// <summary>The offsets at which the second index of an area of that size can start.</summary>
    public static long[] SecondOffsets(long size) =>
    [
        IndexBlock.SizeOf(IndexBlock.SlotsIn(size, 256)),
        IndexBlock.SizeOf(IndexBlock.SlotsIn(size, 128)),
        IndexBlock.SizeOf(IndexBlock.OldSlotsIn(size, 256)),
        IndexBlock.SizeOf(IndexBlock.OldSlotsIn(size, 128)),
    ];

    private IndexBlock? Index(long start, long offset, int number, long room)
    {
        if (offset > room - IndexBlock.HeaderSize)
        {
            return null;
        }

        Span<byte> header = stackalloc byte[IndexBlock.HeaderSize];
        Read(start + offset, header);
        if (IndexBlock.Read(header, offset, number, room) is not { } index)
        {
            return null;
        }

        var sum = default(Fletcher64);
        sum.Add(header[..IndexBlock.ChecksumOffset]);
        sum.AddZeros();
        Pieces(start + offset + IndexBlock.HeaderSize, index.Size - IndexBlock.HeaderSize, piece => sum.Add(piece));
        return sum.Value == index.Checksum ? index : null;
    }

    private void Pieces(long start, long size, PieceAction action)
    {
        for (var at = 0L; at < size; at += PieceSize)
        {
            var length = (int)Math.Min(PieceSize, size - at);
            if (!Holds(start + at, length))
            {
                Hold(start + at, length);
            }

            action(buffer.AsSpan((int)(start + at - held.Start), length));
        }
    }

    private void Read(long offset, Span<byte> bytes)
    {
        if (Holds(offset, bytes.Length))
        {
            buffer.AsSpan((int)(offset - held.Start), bytes.Length).CopyTo(bytes);
        }
        else
        {
            content.Read(offset, bytes);
        }
    }

    private bool Holds(long offset, int length) => offset >= held.Start && offset + length <= held.Start + held.Length;

    private void Hold(long offset, long length)
    {
        held = default;
        var piece = buffer.AsSpan(0, (int)Math.Min(PieceSize, length));
        content.Read(offset, piece);
        held = (offset, piece.Length);
    }
}
