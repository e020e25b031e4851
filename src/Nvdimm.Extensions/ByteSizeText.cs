using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Nvdimm.Extensions;

/// <summary>Sizes as people read and write them, exactly.</summary>
internal static class ByteSizeText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    public static string Format(ByteSize size)
    {
        for (var unit = Units.Length - 1; unit > 0; unit--)
        {
            var factor = 1L << (10 * unit);
            if (size.Bytes >= factor && HasThreeDecimals(size.Bytes, factor))
            {
                return $"{((decimal)size.Bytes / factor).ToString("0.###", CultureInfo.InvariantCulture)} {Units[unit]}";
            }
        }

        return $"{size.Bytes} B";
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

        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > long.MaxValue / (decimal)(1L << (10 * unit)))
        {
            return false;
        }

        var bytes = value * (1L << (10 * unit));
        if (bytes != decimal.Truncate(bytes))
        {
            return false;
        }

        size = ByteSize.FromBytes((long)bytes);
        return true;
    }

    private static bool HasThreeDecimals(long bytes, long factor) =>
        ((decimal)bytes * 1000 / factor) is var thousandths && thousandths == decimal.Truncate(thousandths);

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
