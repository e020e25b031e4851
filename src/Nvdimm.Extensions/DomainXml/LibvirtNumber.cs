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

    /// <summary>Reads a hexadecimal number, with or without 0x.</summary>
    public static bool TryHexadecimal(string? text, out ulong number)
    {
        var digits = Digits(text);
        return ulong.TryParse(
            digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits,
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out number);
    }

    private static ReadOnlySpan<char> Digits(string? text)
    {
        var digits = text.AsSpan().TrimStart(" \t\n\v\f\r");
        return digits.StartsWith('+') ? digits[1..] : digits;
    }
}
