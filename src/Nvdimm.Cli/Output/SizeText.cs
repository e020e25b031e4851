using System.Globalization;
using Nvdimm.Extensions;

namespace Nvdimm.Cli.Output;

/// <summary>Sizes for people: in a unit, and in exact bytes.</summary>
internal static class SizeText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary><c>250 MiB</c>, <c>~1.001 GiB</c>: at most three decimals. A tilde says that it is rounded; the bytes stand beside it.</summary>
    public static string Human(ByteSize size)
    {
        var unit = size.Bytes == 0 ? 0 : long.Log2(size.Bytes) / 10;
        var exact = (decimal)size.Bytes / (1L << (int)(10 * unit));
        var shown = decimal.Round(exact, 3);
        return $"{(shown == exact ? "" : "~")}{shown.ToString("0.###", CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>The bytes as a plain number, or a hyphen.</summary>
    public static string Bytes(ByteSize? size) => size is { } known ? known.Bytes.ToString(CultureInfo.InvariantCulture) : Missing;

    /// <summary><see cref="Human(ByteSize)"/>, or a hyphen.</summary>
    public static string Human(ByteSize? size) => size is { } known ? Human(known) : Missing;

    /// <summary>What stands for a value that is not there.</summary>
    public const string Missing = "-";
}
