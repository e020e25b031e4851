using System.Buffers.Binary;
using System.Numerics;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>The checksums of superblocks, computed without tables, because superblocks are short.</summary>
internal static class ContentChecksum
{
    /// <summary>CRC-32 (IEEE 802.3, reflected) from a seed, without a final inversion.</summary>
    public static uint Crc32(uint seed, ReadOnlySpan<byte> bytes)
    {
        const uint Polynomial = 0xEDB88320;
        foreach (var value in bytes)
        {
            seed ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                seed = (seed >> 1) ^ ((seed & 1) * Polynomial);
            }
        }

        return seed;
    }

    /// <summary>CRC-32C (Castagnoli, reflected) from a seed, without a final inversion.</summary>
    public static uint Crc32C(uint seed, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            seed = BitOperations.Crc32C(seed, value);
        }

        return seed;
    }

    /// <summary>As <see cref="Crc32(uint, ReadOnlySpan{byte})"/>, with zeros in place of the checksum itself.</summary>
    public static uint Crc32(uint seed, ReadOnlySpan<byte> bytes, int checksumOffset) =>
        Crc32(Crc32(Crc32(seed, bytes[..checksumOffset]), stackalloc byte[4]), bytes[(checksumOffset + 4)..]);

    /// <summary>As <see cref="Crc32C(uint, ReadOnlySpan{byte})"/>, with zeros in place of the checksum itself.</summary>
    public static uint Crc32C(uint seed, ReadOnlySpan<byte> bytes, int checksumOffset) =>
        Crc32C(Crc32C(Crc32C(seed, bytes[..checksumOffset]), stackalloc byte[4]), bytes[(checksumOffset + 4)..]);

    /// <summary>
    /// The sum of the 32-bit numbers, and of a 16-bit one at the end, folded to 32 bits, with zeros in place of the checksum itself (Linux
    /// v6.1 drivers/md/md.c, calc_sb_csum and calc_sb_1_csum).
    /// </summary>
    public static uint Sum32(ReadOnlySpan<byte> bytes, int checksumOffset, bool isBigEndian)
    {
        var sum = 0UL;
        for (var at = 0; at + 4 <= bytes.Length; at += 4)
        {
            sum += at == checksumOffset ? 0
                : isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..])
                : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        }

        sum += bytes.Length % 4 == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[^2..]) : 0U;
        return unchecked((uint)sum + (uint)(sum >> 32));
    }
}
