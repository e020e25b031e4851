using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Nvdimm.Extensions.Serialization;

namespace Nvdimm.Extensions;

/// <summary>A number of bytes: a size or an offset, from 0 to 2^63 - 1. <c>default</c> is zero bytes.</summary>
/// <remarks>
/// There is no implicit conversion from or to a number, so that bytes and KiB cannot be mixed up. Arithmetic is checked: a result below
/// zero throws <see cref="ArgumentOutOfRangeException"/>, one above 2^63 - 1 throws <see cref="OverflowException"/>. As JSON it is a number
/// of bytes. JSON, configuration and Newtonsoft.Json also read a text such as <c>16GiB</c>.
/// </remarks>
[JsonConverter(typeof(ByteSizeJsonConverter))]
[TypeConverter(typeof(ByteSizeTypeConverter))]
public readonly record struct ByteSize : IComparable<ByteSize>, IComparable, IParsable<ByteSize>, IFormattable
{
    private const long KiB = 1L << 10;
    private const long MiB = 1L << 20;
    private const long GiB = 1L << 30;

    private ByteSize(long bytes) => Bytes = bytes;

    /// <summary>Zero bytes.</summary>
    public static ByteSize Zero => default;

    /// <summary>The number of bytes, never negative.</summary>
    public long Bytes { get; }

    /// <summary>Creates a size from bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    public static ByteSize FromBytes(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new ByteSize(bytes);
    }

    /// <summary>Creates a size from units of 1,024 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kibibytes"/> is negative.</exception>
    /// <exception cref="OverflowException">The size is above 2^63 - 1 bytes.</exception>
    public static ByteSize FromKiB(long kibibytes) => FromBytes(checked(kibibytes * KiB));

    /// <summary>Creates a size from units of 1,048,576 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mebibytes"/> is negative.</exception>
    /// <exception cref="OverflowException">The size is above 2^63 - 1 bytes.</exception>
    public static ByteSize FromMiB(long mebibytes) => FromBytes(checked(mebibytes * MiB));

    /// <summary>Creates a size from units of 1,073,741,824 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gibibytes"/> is negative.</exception>
    /// <exception cref="OverflowException">The size is above 2^63 - 1 bytes.</exception>
    public static ByteSize FromGiB(long gibibytes) => FromBytes(checked(gibibytes * GiB));

    /// <summary>
    /// Reads <c>17179869184</c>, <c>16GiB</c>, <c>128 KiB</c> or <c>1.5GiB</c>; see <see cref="TryParse(string?, out ByteSize)"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">The text is not such a size, or not a whole number of bytes.</exception>
    public static ByteSize Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var size)
            ? size
            : throw new FormatException(
                $"'{text}' is not a size: a whole number of bytes, or a number with B, KiB, MiB, GiB, TiB, PiB or EiB");
    }

    /// <summary>As <see cref="Parse(string)"/>. The culture has no effect.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Ignored.</param>
    /// <exception cref="ArgumentNullException"><paramref name="s"/> is null.</exception>
    /// <exception cref="FormatException">The text is not such a size, or not a whole number of bytes.</exception>
    public static ByteSize Parse(string s, IFormatProvider? provider) => Parse(NullArgument.Checked(s, nameof(s)));

    /// <summary>
    /// Reads a number of bytes, or a number followed by <c>B</c>, <c>KiB</c>, <c>MiB</c>, <c>GiB</c>, <c>TiB</c>, <c>PiB</c> or <c>EiB</c>
    /// (powers of 1,024; any case; a space may stand between). Nothing is rounded: a fraction that is not a whole number of bytes is not a
    /// size. Decimal units (<c>MB</c>) and bare letters (<c>M</c>) are not accepted, since people disagree on what they mean.
    /// </summary>
    /// <returns>Whether the text is a size from 0 to 2^63 - 1 bytes.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out ByteSize size) => ByteSizeText.TryParse(text, out size);

    /// <summary>As <see cref="TryParse(string?, out ByteSize)"/>. The culture has no effect.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Ignored.</param>
    /// <param name="result">The size.</param>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ByteSize result) => TryParse(s, out result);

    /// <summary>The size in KiB, the unit that oVirt writes and that libvirt assumes.</summary>
    /// <exception cref="InvalidOperationException">The size is not a multiple of 1,024 bytes.</exception>
    public long ToKiBExact() =>
        Bytes % KiB == 0 ? Bytes / KiB : throw new InvalidOperationException($"{Bytes} bytes are not a whole number of KiB");

    /// <summary>The largest multiple of <paramref name="alignment"/> that is not above this size.</summary>
    public ByteSize AlignDown(Alignment alignment) => new(Bytes / alignment.Bytes * alignment.Bytes);

    /// <summary>The smallest multiple of <paramref name="alignment"/> that is not below this size.</summary>
    /// <exception cref="OverflowException">That multiple is above 2^63 - 1 bytes.</exception>
    public ByteSize AlignUp(Alignment alignment)
    {
        var down = AlignDown(alignment);
        return down == this ? this : new ByteSize(checked(down.Bytes + alignment.Bytes));
    }

    /// <summary>Whether this size is a multiple of <paramref name="alignment"/>. True for zero.</summary>
    public bool IsAlignedTo(Alignment alignment) => Bytes % alignment.Bytes == 0;

    /// <summary>The sum of two sizes.</summary>
    /// <exception cref="OverflowException">The sum is above 2^63 - 1 bytes.</exception>
    public static ByteSize Add(ByteSize left, ByteSize right) => left + right;

    /// <summary>The difference of two sizes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="right"/> is the larger one.</exception>
    public static ByteSize Subtract(ByteSize left, ByteSize right) => left - right;

    /// <inheritdoc cref="Add"/>
    public static ByteSize operator +(ByteSize left, ByteSize right) => new(checked(left.Bytes + right.Bytes));

    /// <inheritdoc cref="Subtract"/>
    public static ByteSize operator -(ByteSize left, ByteSize right) => FromBytes(left.Bytes - right.Bytes);

    /// <summary>Whether the left size is smaller.</summary>
    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    /// <summary>Whether the left size is larger.</summary>
    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    /// <summary>Whether the left size is smaller or equal.</summary>
    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    /// <summary>Whether the left size is larger or equal.</summary>
    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;

    /// <inheritdoc/>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        ByteSize other => CompareTo(other),
        _ => throw new ArgumentException("A ByteSize compares to a ByteSize", nameof(obj)),
    };

    /// <summary>
    /// The size for display: <c>896 MiB</c>, <c>126.852 MiB</c>, in the smallest unit in which it is below 1,000, rounded to three
    /// decimals, halves away from zero. If the exact size matters, show <see cref="Bytes"/>, too.
    /// </summary>
    public override string ToString() => ByteSizeText.Format(this);

    /// <summary>The size for display, or exact. The culture has no effect.</summary>
    /// <param name="format">
    /// <c>G</c> or nothing for display, see <see cref="ToString()"/>; <c>B</c> for the number of bytes: <c>939524096</c>.
    /// </param>
    /// <param name="formatProvider">Ignored.</param>
    /// <exception cref="FormatException"><paramref name="format"/> is any other text.</exception>
    public string ToString(string? format, IFormatProvider? formatProvider) => format switch
    {
        null or "" or "G" or "g" => ToString(),
        "B" or "b" => Bytes.ToString(CultureInfo.InvariantCulture),
        _ => throw new FormatException($"'{format}' is no format of a size: write G for people, or B for the number of bytes"),
    };
}
