using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Nvdimm.Extensions.Serialization;

namespace Nvdimm.Extensions;

/// <summary>An alignment in bytes, from 1 to 2^63 - 1. <c>default</c> is one byte, which aligns nothing.</summary>
/// <remarks>
/// It need not be a power of two: a device's alignment is kept as reported, and the sizer reports what is wrong with it. As JSON it is a
/// number of bytes. JSON, configuration and Newtonsoft.Json also read a text such as <c>2MiB</c>.
/// </remarks>
[JsonConverter(typeof(AlignmentJsonConverter))]
[TypeConverter(typeof(AlignmentTypeConverter))]
public readonly record struct Alignment : IComparable<Alignment>, IComparable, IParsable<Alignment>, IFormattable
{
    private readonly long bytesMinusOne;

    private Alignment(long bytes) => bytesMinusOne = bytes - 1;

    /// <summary>The alignment in bytes, at least 1.</summary>
    public long Bytes => bytesMinusOne + 1;

    /// <summary>The alignment as a size.</summary>
    public ByteSize Size => ByteSize.FromBytes(Bytes);

    /// <summary>Whether the alignment is a power of two (1, 2, 4, 8, … bytes), as QEMU requires.</summary>
    public bool IsPowerOfTwo => long.IsPow2(Bytes);

    /// <summary>Creates an alignment from bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is zero or negative.</exception>
    public static Alignment FromBytes(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return new Alignment(bytes);
    }

    /// <summary>Creates an alignment from units of 1,024 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kibibytes"/> is zero or negative.</exception>
    /// <exception cref="OverflowException">The alignment is above 2^63 - 1 bytes.</exception>
    public static Alignment FromKiB(long kibibytes) => FromBytes(checked(kibibytes * 1024));

    /// <summary>Creates an alignment from units of 1,048,576 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mebibytes"/> is zero or negative.</exception>
    /// <exception cref="OverflowException">The alignment is above 2^63 - 1 bytes.</exception>
    public static Alignment FromMiB(long mebibytes) => FromBytes(checked(mebibytes * 1024 * 1024));

    /// <summary>Reads <c>2097152</c> or <c>2MiB</c> as <see cref="ByteSize.Parse(string)"/> does. The culture has no effect.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Ignored.</param>
    /// <exception cref="ArgumentNullException"><paramref name="s"/> is null.</exception>
    /// <exception cref="FormatException">The text is not such a size, or it is 0.</exception>
    public static Alignment Parse(string s, IFormatProvider? provider) =>
        ByteSize.Parse(s, provider).Bytes is > 0 and var bytes
            ? new Alignment(bytes)
            : throw new FormatException($"'{s}' is no alignment: it is at least one byte");

    /// <summary>Reads the texts that <see cref="Parse"/> reads.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Ignored.</param>
    /// <param name="result">The alignment.</param>
    /// <returns>Whether the text is an alignment from 1 to 2^63 - 1 bytes.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Alignment result)
    {
        var isAlignment = ByteSize.TryParse(s, out var size) && size > ByteSize.Zero;
        result = isAlignment ? new Alignment(size.Bytes) : default;
        return isAlignment;
    }

    /// <summary>Whether every multiple of this alignment is also a multiple of <paramref name="other"/>.</summary>
    public bool IsMultipleOf(Alignment other) => Bytes % other.Bytes == 0;

    /// <summary>The larger of two alignments.</summary>
    public static Alignment Max(Alignment left, Alignment right) => left > right ? left : right;

    /// <summary>Whether the left alignment is smaller.</summary>
    public static bool operator <(Alignment left, Alignment right) => left.Bytes < right.Bytes;

    /// <summary>Whether the left alignment is larger.</summary>
    public static bool operator >(Alignment left, Alignment right) => left.Bytes > right.Bytes;

    /// <summary>Whether the left alignment is smaller or equal.</summary>
    public static bool operator <=(Alignment left, Alignment right) => left.Bytes <= right.Bytes;

    /// <summary>Whether the left alignment is larger or equal.</summary>
    public static bool operator >=(Alignment left, Alignment right) => left.Bytes >= right.Bytes;

    /// <inheritdoc/>
    public int CompareTo(Alignment other) => Bytes.CompareTo(other.Bytes);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Alignment other => CompareTo(other),
        _ => throw new ArgumentException("An Alignment compares to an Alignment", nameof(obj)),
    };

    /// <summary>The alignment for display, rounded: <c>2 MiB</c>; see <see cref="ByteSize.ToString()"/>.</summary>
    public override string ToString() => Size.ToString();

    /// <inheritdoc cref="ByteSize.ToString(string?, IFormatProvider?)"/>
    public string ToString(string? format, IFormatProvider? formatProvider) => Size.ToString(format, formatProvider);
}
