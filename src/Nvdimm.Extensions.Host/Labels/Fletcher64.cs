using System.Buffers.Binary;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The checksum of namespace indexes and labels, computed over bytes that arrive in pieces.</summary>
internal struct Fletcher64
{
    private uint low;
    private uint high;

    /// <summary>The checksum of the bytes so far.</summary>
    public readonly ulong Value => ((ulong)high << 32) | low;

    // Linux v6.1 drivers/nvdimm/core.c, nd_fletcher64: two sums of 32 bits over little-endian words, the second in the upper half.
    // The eight bytes of the checksum itself count as zero (drivers/nvdimm/label.c, nd_label_validate).
    public static ulong Sum(ReadOnlySpan<byte> bytes, int checksumOffset)
    {
        var sum = default(Fletcher64);
        sum.Add(bytes[..checksumOffset]);
        sum.AddZeros();
        sum.Add(bytes[(checksumOffset + sizeof(ulong))..]);
        return sum.Value;
    }

    /// <summary>Adds bytes; their number must be a multiple of 4.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            for (var at = 0; at < bytes.Length; at += sizeof(uint))
            {
                low += BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
                high += low;
            }
        }
    }

    /// <summary>Adds the two words of the checksum field, which count as zero.</summary>
    public void AddZeros() => high = unchecked(high + (2 * low));
}
