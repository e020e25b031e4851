using System.Buffers;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>One search of one device: finds signatures at the places of the search, then reads their areas.</summary>
/// <param name="content">The device.</param>
/// <param name="search">The search.</param>
/// <param name="offsets">The offsets of the search on this device (<see cref="LabelSearch.Offsets"/>).</param>
internal sealed class LabelScan(IDeviceContent content, LabelSearch search, long[] offsets)
{
    /// <summary>The end of an unknown device in which every KiB is searched: two hot-plug blocks of POWER, four of x86.</summary>
    public const long TailSize = 512L << 20;

    /// <summary>The part of an unknown device that is searched: its last 16 TiB.</summary>
    public const long Reach = 16L << 40;

    /// <summary>The largest number of areas. Guests do not make more, and reading them all could take arbitrarily long.</summary>
    private const int MostAreas = 256;

    /// <summary>The bytes of the device that a thread takes at once.</summary>
    private const long Share = 1L << 30;

    private static readonly long ModuleBlock = LabelPlace.ModuleBlock.Bytes;
    private const int MostThreads = 8;

    private readonly SortedSet<long> starts = [];
    private readonly LabelPlace[] askedPlaces = search.RequestedPlaces();

    /// <summary>Runs the search.</summary>
    /// <exception cref="IOException">The device cannot be read, or it has more areas than any guest makes.</exception>
    public LabelSurvey Run(string path)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LabelReader.PieceSize);
        try
        {
            foreach (var offset in offsets)
            {
                Look(offset, buffer);
            }

            if (search.Scope == LabelSearchScope.Everywhere)
            {
                var tail = Math.Max(0, content.Length - TailSize) / LabelReader.PieceSize * LabelReader.PieceSize;
                SearchAll(tail, buffer);
                SearchGrid(tail);
            }

            return Read(path, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private LabelSurvey Read(string path, byte[] buffer)
    {
        var labels = new List<FoundLabels>();
        var damaged = new List<DamagedLabels>();
        if (starts.Count > 0)
        {
            var reader = new LabelReader(content, buffer);
            var sizes = search.Sizes();
            foreach (var start in starts)
            {
                var asked = Array.FindAll(askedPlaces, place => place.Offset.Bytes == start).Select(place => place.Size.Bytes).ToList();
                var offset = ByteSize.FromBytes(start);
                if (reader.At(start, asked, sizes) is { } area)
                {
                    labels.Add(new FoundLabels(offset, area));
                }
                else
                {
                    damaged.Add(new DamagedLabels(offset, reader.HashOf(start, DamagedSize(start, asked))));
                }
            }
        }

        return new LabelSurvey
        {
            Path = path,
            DeviceSize = ByteSize.FromBytes(content.Length),
            Found = labels.ToValueList(),
            UnreadableReason = null,
            Damaged = damaged.ToValueList(),
        };
    }

    /// <summary>The number of bytes to hash of damaged labels, whose size is unknown: the asked size there, else 128 KiB.</summary>
    private long DamagedSize(long start, IReadOnlyList<long> asked) => Math.Min(
        content.Length - start, asked.Count > 0 ? Math.Min(asked[0], LabelArea.WholeSize.Bytes) : LabelSearch.UsualLabelSizes[0].Bytes);

    /// <summary>
    /// One read for the signatures of both indexes; two more reads if the second index of an area of the asked size is further on.
    /// </summary>
    private void Look(long offset, byte[] buffer)
    {
        var head = buffer.AsSpan(0, (int)Math.Min(LabelReader.HeadSize, content.Length - offset));
        content.Read(offset, head);
        Note(head, offset);
        foreach (var place in askedPlaces)
        {
            if (place.Offset.Bytes != offset || place.Size <= LabelSearch.UsualLabelSizes[4])
            {
                continue;
            }

            foreach (var second in LabelReader.SecondOffsets(place.Size.Bytes))
            {
                if (second > LabelReader.HeadSize - IndexBlock.HeaderSize && offset + second <= content.Length - IndexBlock.HeaderSize)
                {
                    var header = buffer.AsSpan(0, IndexBlock.HeaderSize);
                    content.Read(offset + second, header);
                    Note(header, offset + second);
                }
            }
        }
    }

    private void SearchAll(long from, byte[] buffer)
    {
        for (var at = from; at < content.Length; at += LabelReader.PieceSize)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(LabelReader.PieceSize, content.Length - at));
            content.Read(at, piece);
            Note(piece, at);
        }
    }

    /// <summary>
    /// Searches where libvirt puts labels, up to the tail: x86 backends end at multiples of 2 MiB, labels on POWER begin at multiples of
    /// 256 MiB. Sizes with the same remainder modulo 2 MiB share their places. Each thread reads on its own, so that the device gets as
    /// many reads at once as there are threads.
    /// </summary>
    private void SearchGrid(long end)
    {
        var first = Math.Max(0, content.Length - Reach) / Share;
        var shares = Math.Max(0, ((end + Share - 1) / Share) - first);
        var steps = search.Sizes().ConvertAll(size => (ModuleBlock - (size % ModuleBlock)) % ModuleBlock);
        steps.Add(0);
        long[] remainders = [.. steps.Distinct().Order()];
        var next = first - 1;
        Exception? failure = null;
        var threads = new Thread[(int)Math.Min(MostThreads, shares) - 1 is > 0 and var more ? more : 0];
        for (var number = 0; number < threads.Length; number++)
        {
            threads[number] = new Thread(Work, maxStackSize: 256 << 10) { IsBackground = true };
            threads[number].Start();
        }

        Work();
        foreach (var thread in threads)
        {
            thread.Join();
        }

        if (failure is not null)
        {
            throw new IOException(failure.Message, failure);
        }

        void Work()
        {
            try
            {
                Span<byte> head = stackalloc byte[LabelReader.HeadSize];
                for (var share = Interlocked.Increment(ref next);
                    share < first + shares && failure is null;
                    share = Interlocked.Increment(ref next))
                {
                    SearchGrid(share * Share, Math.Min((share + 1) * Share, end), remainders, head);
                }
            }
            catch (IOException unreadable)
            {
                failure = unreadable;
            }
        }
    }

    private void SearchGrid(long from, long end, long[] remainders, Span<byte> head)
    {
        for (var cell = from; cell < end; cell += ModuleBlock)
        {
            foreach (var remainder in remainders)
            {
                if (cell + remainder > 0)
                {
                    var part = head[..(int)Math.Min(head.Length, content.Length - cell - remainder)];
                    content.Read(cell + remainder, part);
                    Note(part, cell + remainder);
                }
            }
        }
    }

    private void Note(ReadOnlySpan<byte> bytes, long offset)
    {
        var from = 0;
        while (LabelReader.StartIn(bytes, offset, ref from) is { } start)
        {
            lock (starts)
            {
                starts.Add(start);
                if (starts.Count > MostAreas)
                {
                    throw new IOException($"it has the signature of labels at more than {MostAreas} places");
                }
            }
        }
    }
}
