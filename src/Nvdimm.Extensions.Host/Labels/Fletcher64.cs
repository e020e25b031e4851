using System.Buffers.Binary;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The checksum of namespace indexes and labels.</summary>
internal static class Fletcher64
{
    // Linux v6.1 drivers/nvdimm/core.c, nd_fletcher64: two sums of 32 bits over little-endian words, the second in the upper half.
    // The eight bytes of the checksum itself count as zero (drivers/nvdimm/label.c, nd_label_validate).
    public static ulong Sum(ReadOnlySpan<byte> bytes, int checksumOffset)
    {
        unchecked
        {
            uint low = 0;
            uint high = 0;
            for (var at = 0; at < bytes.Length; at += sizeof(uint))
            {
                var isChecksum = at >= checksumOffset && at < checksumOffset + sizeof(ulong);
                low += isChecksum ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
                high += low;
            }

            return ((ulong)high << 32) | low;
        }
    }
}
