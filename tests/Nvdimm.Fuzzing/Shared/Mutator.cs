using System.Text;

namespace Nvdimm.Fuzzing.Shared;

/// <summary>Makes new inputs of old ones: bytes and parts are flipped, removed, doubled, exchanged, wrapped, and replaced by extreme values.</summary>
internal sealed class Mutator(FuzzTarget target, FuzzNumbers numbers)
{
    private const int MaximumLength = 32 << 10;
    private const int MaximumDepth = 400;
    private const int MaximumCopies = 400;

    private static readonly byte[] Bytes = [0x00, 0x01, 0x09, 0x0A, 0x0D, 0x20, 0x22, 0x26, 0x27, 0x2D, 0x2F, 0x30, 0x39, 0x3C, 0x3E, 0x5C, 0x7F, 0x80, 0xC0, 0xED, 0xEF, 0xFF];

    private static readonly byte[][] Numbers =
    [
        .. new[]
        {
            "0", "-0", "-1", "1", "00", "010", "0x10", "1e3", "1.5", "255", "256", "1023", "1024", "4096", "131072", "131073", "2097152", "134217728",
            "2147483647", "2147483648", "4294967295", "4294967296", "9007199254740992", "9007199254740991", "9223372036854774784",
            "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615", "18446744073709551616", "1e999", "NaN",
            new('9', 40), new('9', 400),
        }.Select(Encoding.ASCII.GetBytes),
    ];

    private readonly List<InputPart> parts = [];
    private readonly List<InputPart> otherParts = [];

    /// <summary>A new input.</summary>
    /// <param name="input">The old one, which stays as it is.</param>
    /// <param name="other">Where a mutation takes parts from.</param>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        var result = input;
        for (var steps = 1 << numbers.Below(4); steps > 0; steps--)
        {
            result = numbers.Below(2) == 0 ? MutateBytes(result, other) : MutatePart(result, other);
            result = result.Length > MaximumLength ? result[..MaximumLength] : result;
        }

        return target.Repair(result, numbers);
    }

    private byte[] MutateBytes(byte[] input, byte[] other)
    {
        var at = numbers.Below(input.Length + 1);
        var length = Math.Min(1 << numbers.Below(8), input.Length - at);
        return numbers.Below(10) switch
        {
            0 => With(input, at, value => (byte)(value ^ (1 << numbers.Below(8)))),
            1 => With(input, at, _ => numbers.OneOf(Bytes)),
            2 => With(input, at, value => unchecked((byte)(value + numbers.Below(33) - 16))),
            3 => Replace(input, at, length, []),
            4 => Replace(input, at, 0, input.AsSpan(at, length)),
            5 => Replace(input, at, Math.Min(1, length), [numbers.OneOf(Bytes)]),
            6 => Replace(input, at, length, numbers.OneOf(target.Tokens)),
            7 => Replace(input, at, 0, numbers.OneOf(target.Tokens)),
            8 => input[..at],
            _ => [.. input[..at], .. other[numbers.Below(other.Length + 1)..]],
        };
    }

    private byte[] MutatePart(byte[] input, byte[] other)
    {
        if (PartOf(input, parts) is not { } part)
        {
            return MutateBytes(input, other);
        }

        var text = input.AsSpan(part.Start, part.Length);
        switch (numbers.Below(8))
        {
            case 0:
                return Replace(input, part.Start, part.Length, []);
            case 1:
                return Replace(input, part.Start, 0, Repeated(text));
            case 2:
                return Swap(input, part, numbers.OneOf(parts));
            case 3:
                return PartOf(other, otherParts) is { } donor ? Replace(input, part.Start, part.Length, other.AsSpan(donor.Start, donor.Length)) : input;
            case 4:
                return PartOf(other, otherParts) is { } guest ? Replace(input, part.Start, 0, other.AsSpan(guest.Start, guest.Length)) : input;
            case 5:
                return Replace(input, part.Start, part.Length, numbers.OneOf(target.Tokens));
            case 6:
                return Replace(input, part.Start, part.Length, numbers.OneOf(Numbers));
            default:
                return Wrap(input, part);
        }
    }

    private InputPart? PartOf(byte[] input, List<InputPart> found)
    {
        found.Clear();
        target.FindParts(input, found);
        return found.Count == 0 ? null : numbers.OneOf(found);
    }

    /// <summary>Mostly once more; now and then often, which shows what grows faster than its input.</summary>
    private byte[] Repeated(ReadOnlySpan<byte> text)
    {
        var copies = numbers.Below(40) == 0 ? Math.Min(MaximumCopies, MaximumLength / Math.Max(1, text.Length)) : 1;
        var result = new byte[text.Length * Math.Max(1, copies)];
        for (var at = 0; at < result.Length; at += text.Length)
        {
            text.CopyTo(result.AsSpan(at));
        }

        return result;
    }

    private byte[] Wrap(byte[] input, InputPart part)
    {
        var depth = numbers.Below(8) == 0 ? 1 + numbers.Below(MaximumDepth) : 1;
        var (open, close) = numbers.OneOf(target.Wrappings);
        var opens = Enumerable.Repeat(open, depth).SelectMany(bytes => bytes);
        var closes = Enumerable.Repeat(close, depth).SelectMany(bytes => bytes);
        return Replace(input, part.Start, part.Length, [.. opens, .. input[part.Start..(part.Start + part.Length)], .. closes]);
    }

    private static byte[] Swap(byte[] input, InputPart one, InputPart two)
    {
        var (first, second) = one.Start <= two.Start ? (one, two) : (two, one);
        var between = first.Start + first.Length;
        return between > second.Start
            ? input
            :
            [
                .. input.AsSpan(0, first.Start), .. input.AsSpan(second.Start, second.Length), .. input.AsSpan(between, second.Start - between),
                .. input.AsSpan(first.Start, first.Length), .. input.AsSpan(second.Start + second.Length),
            ];
    }

    private static byte[] With(byte[] input, int at, Func<byte, byte> change)
    {
        if (at == input.Length)
        {
            return input;
        }

        var result = (byte[])input.Clone();
        result[at] = change(result[at]);
        return result;
    }

    private static byte[] Replace(byte[] input, int start, int length, ReadOnlySpan<byte> replacement)
    {
        var result = new byte[input.Length - length + replacement.Length];
        input.AsSpan(0, start).CopyTo(result);
        replacement.CopyTo(result.AsSpan(start));
        input.AsSpan(start + length).CopyTo(result.AsSpan(start + replacement.Length));
        return result;
    }
}
