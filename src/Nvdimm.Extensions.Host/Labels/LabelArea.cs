namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// A label area that a guest has initialised, as read from a device. Two areas are equal if their size, sum and hash are.
/// </summary>
public sealed record LabelArea
{
    /// <summary>
    /// The bytes without the zeros at the end, which most of an area is; null if the hash was computed during the reading.
    /// </summary>
    private readonly byte[]? bytes;
    private string? hash;

    internal LabelArea(long size, in IndexBlock index, ValueList<NamespaceLabel> labels, string sum, byte[] bytes)
        : this(size, index, labels, sum) => this.bytes = bytes;

    internal LabelArea(long size, in IndexBlock index, ValueList<NamespaceLabel> labels, string sum, string hash)
        : this(size, index, labels, sum) => this.hash = hash;

    private LabelArea(long size, in IndexBlock index, ValueList<NamespaceLabel> labels, string sum) =>
        (Size, Major, Minor, Labels, Sum) = (ByteSize.FromBytes(size), index.Major, index.Minor, labels, sum);

    /// <summary>
    /// The largest area of which <see cref="Hash"/> and <see cref="Sum"/> cover every byte: 64 MiB. For a larger area they cover its index
    /// blocks and the labels in use, in the order of their slots, which is all that a guest reads.
    /// </summary>
    public static ByteSize WholeSize => ByteSize.FromMiB(64);

    /// <summary>The fewest characters of a hash that name labels: 12.</summary>
    public const int ShortestName = 12;

    /// <summary>The size of the area. It follows from the index that the guest has written; see <c>LAYOUTS.md</c>.</summary>
    public ByteSize Size { get; }

    /// <summary>The major version of the labels.</summary>
    public int Major { get; }

    /// <summary>The minor version: 1 or 2.</summary>
    public int Minor { get; }

    /// <summary>The labels in use; empty if the guest has initialised the area and created no namespace.</summary>
    public ValueList<NamespaceLabel> Labels { get; }

    /// <summary>
    /// SHA-256 of the whole area, up to <see cref="WholeSize"/>, 64 lower-case hexadecimal digits. Booting does not change it; creating a
    /// namespace does.
    /// </summary>
    public string Hash => hash ??= LabelDigest.HashOf(bytes, Size.Bytes - bytes!.Length);

    /// <summary>
    /// A checksum of the same bytes, 32 lower-case hexadecimal digits. Every start compares it to tell whether the area has changed.
    /// <see cref="Hash"/> names the area, and takes longer to compute than the rest of a start.
    /// </summary>
    public string Sum { get; }

    /// <summary>The distinct cookies of the labels.</summary>
    public ValueList<ulong> Cookies => Labels.Select(label => label.Cookie).Distinct().ToValueList();

    /// <summary>The distinct uuids of the labels: those of the guest's namespaces.</summary>
    public ValueList<Guid> Uuids => Labels.Select(label => label.Uuid).Distinct().ToValueList();

    /// <summary>
    /// The end of the guest's last namespace, in bytes: a guest that gets a smaller device loses what is beyond. Zero without labels.
    /// </summary>
    public ByteSize NamespacesEnd => Labels.Select(label => label.End).DefaultIfEmpty().Max();

    /// <summary>
    /// Reads a label area. An index block only counts with a correct checksum and correct offsets, so that data with nothing but the
    /// signature is not taken for one.
    /// </summary>
    /// <param name="area">The whole area.</param>
    /// <returns>The area, or null if neither of its two indexes is valid.</returns>
    public static LabelArea? Read(ReadOnlySpan<byte> area)
    {
        using var content = new BytesContent(area.ToArray());
        return new LabelReader(content, new byte[LabelReader.PieceSize]).Whole(0, area.Length);
    }

    /// <summary>
    /// Whether a text names the labels with a hash: the hash itself, or at least its first <see cref="ShortestName"/> characters.
    /// </summary>
    /// <param name="hash">The hash (<see cref="Hash"/>).</param>
    /// <param name="text">The text, in either case; null names nothing.</param>
    /// <exception cref="ArgumentNullException"><paramref name="hash"/> is null.</exception>
    public static bool IsNamed(string hash, string? text)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return text?.Length >= ShortestName && hash.StartsWith(text, StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public bool Equals(LabelArea? other) => other is not null && Size == other.Size && Sum == other.Sum && Hash == other.Hash;

    /// <inheritdoc/>
    public override int GetHashCode() => Sum.GetHashCode(StringComparison.Ordinal);
}
