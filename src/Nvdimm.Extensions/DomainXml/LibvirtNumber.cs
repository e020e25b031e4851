using System.Globalization;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Reads numbers as libvirt reads them in a domain XML.</summary>
// libvirt v9.0.0 src/util/virstring.c, virStrToLong_uip and virStrToLong_ullp: white space and a plus may stand before the number, nothing
// after it. Measured with 9.0.0 (DomainRefusalsWithLibvirtTests).
internal static class LibvirtNumber
{
    /// <summary>Reads a decimal number that is not negative.</summary>
    public static bool TryDecimal(string? text, out ulong number) =>
        ulong.TryParse(Digits(text), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>Reads the decimal number of a node, cell or slot; null if it is none, or above 2^31 - 1.</summary>
    public static int? Index(string? text) => TryDecimal(text, out var number) && number <= int.MaxValue ? (int)number : null;

    /// <summary>Reads the hexadecimal number of an address, with or without 0x; null if it is none, or above 2^63 - 1.</summary>
    public static long? Address(string? text)
    {
        var digits = Digits(text);
        var isRead = ulong.TryParse(
            digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits,
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var number);
        return isRead && number <= long.MaxValue ? (long)number : null;
    }

    private static ReadOnlySpan<char> Digits(string? text)
    {
        var digits = text.AsSpan().TrimStart(" \t\n\v\f\r");
        return digits.StartsWith('+') ? digits[1..] : digits;
    }
}
