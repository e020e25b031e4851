using System.Buffers.Binary;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// Bytes of a device that may end anywhere. A field that is not completely present reads as zero, so that no format must check.
/// </summary>
/// <param name="bytes">The bytes.</param>
internal readonly ref struct ContentBytes(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>The number of bytes.</summary>
    public int Length => bytes.Length;

    /// <summary>The byte at an offset.</summary>
    public byte this[int offset] => Field(offset, 1) is [var value] ? value : (byte)0;

    /// <summary>A little-endian number of 16 bits.</summary>
    public ushort Little16(int offset) =>
        Field(offset, 2) is { IsEmpty: false } field ? BinaryPrimitives.ReadUInt16LittleEndian(field) : (ushort)0;

    /// <summary>A little-endian number of 32 bits.</summary>
    public uint Little32(int offset) => Field(offset, 4) is { IsEmpty: false } field ? BinaryPrimitives.ReadUInt32LittleEndian(field) : 0;

    /// <summary>A little-endian number of 64 bits.</summary>
    public ulong Little64(int offset) => Field(offset, 8) is { IsEmpty: false } field ? BinaryPrimitives.ReadUInt64LittleEndian(field) : 0;

    /// <summary>A big-endian number of 16 bits.</summary>
    public ushort Big16(int offset) => BinaryPrimitives.ReverseEndianness(Little16(offset));

    /// <summary>A big-endian number of 32 bits.</summary>
    public uint Big32(int offset) => BinaryPrimitives.ReverseEndianness(Little32(offset));

    /// <summary>A big-endian number of 64 bits.</summary>
    public ulong Big64(int offset) => BinaryPrimitives.ReverseEndianness(Little64(offset));

    /// <summary>Whether a range is present.</summary>
    public bool Has(long offset, long length) => offset >= 0 && length >= 0 && offset <= bytes.Length - length;

    /// <summary>Whether a signature is at an offset.</summary>
    public bool Has(int offset, ReadOnlySpan<byte> signature) =>
        Field(offset, signature.Length) is { IsEmpty: false } field && field.SequenceEqual(signature);

    /// <summary>A number of bytes from an offset; empty if they are not all present.</summary>
    public ReadOnlySpan<byte> Field(long offset, int length) => Has(offset, length) ? bytes.Slice((int)offset, length) : [];

    /// <summary>Everything from an offset on.</summary>
    public ContentBytes From(long offset) => new(Has(offset, 0) ? bytes[(int)offset..] : []);
}
