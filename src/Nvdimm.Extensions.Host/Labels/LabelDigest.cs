using System.Runtime.InteropServices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The checksum of a label area that is read in pieces, and the bytes before the zeros at its end, up to a limit.</summary>
internal sealed class LabelDigest
{
    /// <summary>The largest number of bytes that is kept: 256 KiB, the indexes and labels of a thousand namespaces.</summary>
    private const int KeptLimit = 256 << 10;

    private static readonly byte[] Zeros = new byte[4096];

    private ulong first;
    private ulong second;
    private long length;
    private long used;

    /// <summary>The bytes before the zeros at the end; only valid if <see cref="IsKept"/>.</summary>
    public byte[] Kept { get; private set; } = [];

    /// <summary>Whether all bytes before the zeros at the end are in <see cref="Kept"/>.</summary>
    public bool IsKept => used <= KeptLimit;

    /// <summary>
    /// Two sums of 64 bits over little-endian words. The second sums the first, which also detects words that have changed places.
    /// </summary>
    public string Sum => $"{second:x16}{first:x16}";

    /// <summary>SHA-256 of bytes followed by zeros, 64 lower-case hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes, long zeros)
    {
        var hash = new Sha256();
        hash.Add(bytes);
        for (; zeros > 0; zeros -= Zeros.Length)
        {
            hash.Add(Zeros.AsSpan(0, (int)Math.Min(zeros, Zeros.Length)));
        }

        return hash.FinishText();
    }

    /// <summary>Adds the next piece: a multiple of eight bytes, except for the last one.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        var last = piece.LastIndexOfAnyExcept((byte)0) + 1;
        unchecked
        {
            var words = MemoryMarshal.Cast<byte, ulong>(piece);
            var count = Math.Min(words.Length, (last + sizeof(ulong) - 1) / sizeof(ulong));
            foreach (var word in words[..count])
            {
                first += word;
                second += first;
            }

            // Each word of the zeros at the end adds the same.
            second += first * (ulong)(words.Length - count);
            foreach (var rest in piece[(words.Length * sizeof(ulong))..])
            {
                first += rest;
                second += first;
            }
        }

        if (last > 0)
        {
            used = length + last;
            Keep(piece[..last]);
        }

        length += piece.Length;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (!IsKept)
        {
            Kept = [];
            return;
        }

        var kept = Kept;
        Array.Resize(ref kept, (int)used);
        bytes.CopyTo(kept.AsSpan((int)length));
        Kept = kept;
    }
}
