using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>A label area that a guest has initialised, as it was read from a device. Two are equal where all their bytes are.</summary>
public sealed record LabelArea
{
    /// <summary>Without the zeros at the end, which most of an area is.</summary>
    private readonly byte[] bytes;
    private string? hash;

    private LabelArea(ReadOnlySpan<byte> area, in IndexBlock index, ValueList<NamespaceLabel> labels)
    {
        bytes = Used(area).ToArray();
        (Size, Major, Minor, Labels, Sum) = (ByteSize.FromBytes(area.Length), index.Major, index.Minor, labels, SumOf(area));
    }

    /// <summary>Its size.</summary>
    public ByteSize Size { get; }

    /// <summary>The major version of the labels.</summary>
    public int Major { get; }

    /// <summary>The minor version: 1 or 2.</summary>
    public int Minor { get; }

    /// <summary>The labels in use; empty where the guest has initialised the area and created no namespace.</summary>
    public ValueList<NamespaceLabel> Labels { get; }

    /// <summary>SHA-256 of the whole area, 64 lower-case hexadecimal digits. Booting does not change it; creating a namespace does.</summary>
    public string Hash => hash ??= HashOf([.. bytes, .. new byte[Size.Bytes - bytes.Length]]);

    /// <summary>
    /// A checksum of the whole area, 32 lower-case hexadecimal digits. It tells whether the area is another one than before, as every start
    /// asks; the hash is its name, and takes more time than all else at a start.
    /// </summary>
    public string Sum { get; }

    /// <summary>The distinct cookies of the labels.</summary>
    public ValueList<ulong> Cookies => Labels.Select(label => label.Cookie).Distinct().ToValueList();

    /// <summary>Where the last of the guest's namespaces ends, in bytes: a guest that gets less loses what is behind. Zero without labels.</summary>
    public ByteSize NamespacesEnd => Labels.Select(label => label.End).DefaultIfEmpty().Max();

    /// <summary>
    /// Reads a label area. An index block counts only with the right checksum and offsets, so that data which merely has the signature
    /// is not taken for one.
    /// </summary>
    /// <param name="area">The whole area, at most 2^31 - 1 bytes.</param>
    /// <returns>The area, or null where neither of its two indexes is valid.</returns>
    public static LabelArea? Read(ReadOnlySpan<byte> area)
    {
        if (Current(area) is not { } index)
        {
            return null;
        }

        var labels = new List<NamespaceLabel>();
        for (var slot = 0; slot < index.Slots; slot++)
        {
            if (index.IsInUse(area, slot)
                && NamespaceLabel.Read(area.Slice(index.LabelsOffset + (slot * index.LabelSize), index.LabelSize), slot) is { } label)
            {
                labels.Add(label);
            }
        }

        return new LabelArea(area, index, labels.ToValueList());
    }

    /// <inheritdoc/>
    public bool Equals(LabelArea? other) => other is not null && Size == other.Size && bytes.AsSpan().SequenceEqual(other.bytes);

    /// <inheritdoc/>
    public override int GetHashCode() => Sum.GetHashCode(StringComparison.Ordinal);

    /// <summary>The hash of any bytes, in the form of <see cref="Hash"/>.</summary>
    internal static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>An area without the zeros at its end.</summary>
    private static ReadOnlySpan<byte> Used(ReadOnlySpan<byte> area) => area[..(area.LastIndexOfAnyExcept((byte)0) + 1)];

    /// <summary>Two sums of 64 bits over little-endian words, the second one of the first: that notices words that have changed places, too.</summary>
    private static string SumOf(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            var (first, second) = (0UL, 0UL);
            var words = MemoryMarshal.Cast<byte, ulong>(bytes);
            var used = Math.Min(words.Length, (Used(bytes).Length + sizeof(ulong) - 1) / sizeof(ulong));
            foreach (var word in words[..used])
            {
                first += word;
                second += first;
            }

            // Each word of the zeros behind adds the same.
            second += first * (ulong)(words.Length - used);
            foreach (var rest in bytes[(bytes.Length / sizeof(ulong) * sizeof(ulong))..])
            {
                first += rest;
                second += first;
            }

            return $"{second:x16}{first:x16}";
        }
    }

    /// <summary>Where the second index can start in an area of that size: behind a first index of either version.</summary>
    internal static (int Current, int Old) IndexOffsets(int areaSize) => (IndexBlock.SizeIn(areaSize, 256), IndexBlock.SizeIn(areaSize, 128));

    private static IndexBlock? Current(ReadOnlySpan<byte> area)
    {
        var first = IndexBlock.Read(area, 0, 0);
        IndexBlock? second = null;
        if (first is { } known)
        {
            second = IndexBlock.Read(area, known.Size, 1);
        }
        else
        {
            var offsets = IndexOffsets(area.Length);
            second = IndexBlock.Read(area, offsets.Current, 1) ?? IndexBlock.Read(area, offsets.Old, 1);
        }

        return first is { } one && second is { } two ? (two.IsNewerThan(one) ? two : one) : first ?? second;
    }
}
