using System.Buffers.Binary;
using System.Numerics;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// SHA-1 (FIPS 180-4, 6.1) for <see cref="NameBasedUuid"/>, which RFC 9562 requires; it protects nothing. .NET's own implementation loads
/// OpenSSL, which a statically linked program such as the hooks cannot do.
/// </summary>
internal static class Sha1
{
    /// <summary>The number of bytes of a hash: 20.</summary>
    public const int Size = 20;

    private const int BlockSize = 64;
    private const int LengthAt = BlockSize - sizeof(ulong);
    private const int Rounds = 80;

    /// <summary>Computes the hash of bytes; it has <see cref="Size"/> bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        var padded = new byte[((bytes.Length + sizeof(ulong)) / BlockSize * BlockSize) + BlockSize];
        bytes.CopyTo(padded);
        padded[bytes.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - BlockSize + LengthAt), (ulong)bytes.Length * 8);
        Span<uint> state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
        for (var at = 0; at < padded.Length; at += BlockSize)
        {
            Add(padded.AsSpan(at, BlockSize), state);
        }

        var hash = new byte[Size];
        for (var word = 0; word < state.Length; word++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(word * sizeof(uint)), state[word]);
        }

        return hash;
    }

    private static void Add(ReadOnlySpan<byte> block, Span<uint> state)
    {
        Span<uint> words = stackalloc uint[Rounds];
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4]);
        unchecked
        {
            for (var round = 0; round < Rounds; round++)
            {
                words[round] = round < 16
                    ? BinaryPrimitives.ReadUInt32BigEndian(block[(round * sizeof(uint))..])
                    : BitOperations.RotateLeft(words[round - 3] ^ words[round - 8] ^ words[round - 14] ^ words[round - 16], 1);
                var mixed = round switch
                {
                    < 20 => ((b & c) | (~b & d)) + 0x5a827999,
                    < 40 => (b ^ c ^ d) + 0x6ed9eba1,
                    < 60 => ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc,
                    _ => (b ^ c ^ d) + 0xca62c1d6,
                };
                (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, BitOperations.RotateLeft(a, 5) + mixed + e + words[round]);
            }

            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
        }
    }
}
