using System.Buffers.Binary;
using System.Numerics;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// SHA-256 (FIPS 180-4, 6.2) of bytes that come in pieces. .NET's own calls OpenSSL, which a statically linked program cannot load; the
/// hooks' program is one. It names things and tells whether they have changed: there is nothing secret in it.
/// </summary>
internal sealed class Sha256
{
    /// <summary>The bytes of a hash.</summary>
    public const int Size = 32;

    private const int BlockSize = 64;
    private const int LengthAt = BlockSize - sizeof(ulong);

    /// <summary>The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).</summary>
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly uint[] state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
    private readonly byte[] rest = new byte[BlockSize];
    private ulong length;

    /// <summary>The hash of bytes that are all there.</summary>
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        var hash = new Sha256();
        hash.Add(bytes);
        return hash.Finish();
    }

    /// <summary>The same as 64 lower-case hexadecimal digits.</summary>
    public static string TextOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(Of(bytes));

    /// <summary>Adds the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var held = (int)(length % BlockSize);
        length += (ulong)bytes.Length;
        if (held > 0)
        {
            var missing = Math.Min(BlockSize - held, bytes.Length);
            bytes[..missing].CopyTo(rest.AsSpan(held));
            bytes = bytes[missing..];
            if (held + missing < BlockSize)
            {
                return;
            }

            AddBlock(rest);
        }

        for (; bytes.Length >= BlockSize; bytes = bytes[BlockSize..])
        {
            AddBlock(bytes);
        }

        bytes.CopyTo(rest);
    }

    /// <summary>The hash of all bytes that were added. Nothing can be added afterwards.</summary>
    public byte[] Finish()
    {
        var bits = length * 8;
        Add([0x80]);
        Span<byte> zeros = stackalloc byte[BlockSize];
        zeros.Clear();
        Add(zeros[..(int)((BlockSize + LengthAt - (length % BlockSize)) % BlockSize)]);
        Span<byte> end = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(end, bits);
        Add(end);
        var hash = new byte[Size];
        for (var word = 0; word < state.Length; word++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(word * sizeof(uint)), state[word]);
        }

        return hash;
    }

    /// <summary>The same as 64 lower-case hexadecimal digits.</summary>
    public string FinishText() => Convert.ToHexStringLower(Finish());

    private void AddBlock(ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[Constants.Length];
        for (var at = 0; at < 16; at++)
        {
            words[at] = BinaryPrimitives.ReadUInt32BigEndian(block[(at * sizeof(uint))..]);
        }

        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        unchecked
        {
            for (var at = 16; at < words.Length; at++)
            {
                var (early, late) = (words[at - 15], words[at - 2]);
                words[at] = words[at - 16] + words[at - 7]
                    + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3))
                    + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10));
            }

            for (var at = 0; at < words.Length; at++)
            {
                var first = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25))
                    + ((e & f) ^ (~e & g)) + Constants[at] + words[at];
                var second = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22))
                    + ((a & b) ^ (a & c) ^ (b & c));
                (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
            }

            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
            state[5] += f;
            state[6] += g;
            state[7] += h;
        }
    }
}
