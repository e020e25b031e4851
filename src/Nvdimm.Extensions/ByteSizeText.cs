using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Nvdimm.Extensions;

/// <summary>Reads and formats sizes with units. Reading is exact; formatting rounds.</summary>
internal static class ByteSizeText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    /// <summary>
    /// The largest number of digits of a size: 19 before the point, and after it the 60 that a multiple of 2^60 bytes can have at most.
    /// </summary>
    private const int MaximumDigits = 79;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>Formats a size in the first unit in which, rounded to three decimals, it is below 1,000.</summary>
    public static string Format(ByteSize size)
    {
        for (var unit = 0; ; unit++)
        {
            var shown = decimal.Round((decimal)size.Bytes / (1L << (10 * unit)), 3, MidpointRounding.AwayFromZero);
            if (shown < 1000)
            {
                return $"{shown.ToString("0.###", CultureInfo.InvariantCulture)} {Units[unit]}";
            }
        }
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out ByteSize size)
    {
        size = default;
        var trimmed = text.AsSpan().Trim();
        var digits = trimmed.IndexOfAnyExcept(NumberCharacters);
        var number = digits < 0 ? trimmed : trimmed[..digits];
        var unit = digits < 0 ? 0 : UnitIndex(trimmed[digits..].TrimStart());
        if (unit < 0 || (number.Contains('.') && (unit == 0 || number[0] == '.' || number[^1] == '.')))
        {
            return false;
        }

        var point = number.IndexOf('.');
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? default : number[(point + 1)..].TrimEnd('0');
        if (whole.IsEmpty || fraction.Contains('.') || whole.TrimStart('0').Length + fraction.Length > MaximumDigits)
        {
            return false;
        }

        // BigInteger is exact; a decimal would round off the last of many digits.
        var digitsOfAll = BigInteger.Parse(string.Concat(whole, fraction), NumberStyles.None, CultureInfo.InvariantCulture);
        var bytes = BigInteger.DivRem(digitsOfAll << (10 * unit), BigInteger.Pow(10, fraction.Length), out var rest);
        if (!rest.IsZero || bytes > long.MaxValue)
        {
            return false;
        }

        size = ByteSize.FromBytes((long)bytes);
        return true;
    }

    private static int UnitIndex(ReadOnlySpan<char> text)
    {
        for (var unit = 0; unit < Units.Length; unit++)
        {
            if (text.Equals(Units[unit], StringComparison.OrdinalIgnoreCase))
            {
                return unit;
            }
        }

        return -1;
    }
}
