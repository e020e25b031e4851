using System.Buffers.Binary;

namespace Nvdimm.Fuzzing.Targets;

/// <summary>The format of label areas once more, from the UEFI specification (2.10, 13.19.5) and not from the code under test.</summary>
internal static class LabelOracle
{
    /// <summary>How far from the start of an area a second index is looked for whose first is destroyed: as in areas up to 2 MiB.</summary>
    private const int LastSecond = 2304;

    /// <summary>Whether an area starts here: one of its two index blocks is valid, the first at the start, the second behind it.</summary>
    /// <param name="bytes">All bytes from here to the end of the device.</param>
    public static bool IsLabelArea(ReadOnlySpan<byte> bytes)
    {
        if (IsIndex(bytes, 0, number: 0))
        {
            return true;
        }

        for (var at = 256; at <= LastSecond; at += 256)
        {
            if (IsIndex(bytes, at, number: 1))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether there is a label with that uuid and cookie at some multiple of its size.</summary>
    public static bool HasLabel(ReadOnlySpan<byte> area, Guid uuid, ulong cookie)
    {
        var wanted = uuid.ToByteArray(bigEndian: true);
        for (var at = 0; at + 128 <= area.Length; at += 128)
        {
            if (area[at..].StartsWith(wanted) && BinaryPrimitives.ReadUInt64LittleEndian(area[(at + 88)..]) == cookie)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Fletcher's checksum of 32-bit words, with its own place taken as zero.</summary>
    public static ulong Checksum(ReadOnlySpan<byte> bytes, int at)
    {
        var copy = bytes.ToArray();
        copy.AsSpan(at, 8).Clear();
        var (low, high) = (0UL, 0UL);
        for (var word = 0; word < copy.Length; word += 4)
        {
            low = (low + BinaryPrimitives.ReadUInt32LittleEndian(copy.AsSpan(word))) & uint.MaxValue;
            high = (high + low) & uint.MaxValue;
        }

        return (high << 32) | low;
    }

    private static bool IsIndex(ReadOnlySpan<byte> area, int offset, int number)
    {
        if (area.Length < 256 || offset + 72 > area.Length || !area[offset..].StartsWith("NAMESPACE_INDEX\0"u8))
        {
            return false;
        }

        var index = area[offset..];
        UInt128 own = BinaryPrimitives.ReadUInt64LittleEndian(index[24..]);
        UInt128 size = BinaryPrimitives.ReadUInt64LittleEndian(index[32..]);
        UInt128 other = BinaryPrimitives.ReadUInt64LittleEndian(index[40..]);
        UInt128 labels = BinaryPrimitives.ReadUInt64LittleEndian(index[48..]);
        UInt128 slots = BinaryPrimitives.ReadUInt32LittleEndian(index[56..]);
        var label = index[19] switch { 0 => 128U, 1 => 256U, _ => 0U };
        var isSound = label != 0
            && index[20] % 4 != 0
            && size >= 256
            && size % 256 == 0
            && own == (UInt128)offset
            && own == (UInt128)number * size
            && other == (UInt128)(1 - number) * size
            && labels == 2 * size
            && labels + (slots * label) <= (UInt128)area.Length
            && 72 + ((slots + 7) / 8) <= size
            && (UInt128)offset + size <= (UInt128)area.Length;
        return isSound && Checksum(index[..(int)size], 64) == BinaryPrimitives.ReadUInt64LittleEndian(index[64..]);
    }
}
