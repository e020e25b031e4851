using System.Globalization;
using Nvdimm.Extensions;

namespace Nvdimm.Cli.Terminal;

/// <summary>Formats sizes. <see cref="ByteSize.ToString()"/> is the only notation of a size with a unit.</summary>
internal static class SizeText
{
    /// <summary>The bytes as a plain number, or a hyphen.</summary>
    public static string Bytes(ByteSize? size) => size is { } value ? value.Bytes.ToString(CultureInfo.InvariantCulture) : TextCell.Missing;

    /// <summary>The size with a unit, or a hyphen.</summary>
    public static string Human(ByteSize? size) => size?.ToString() ?? TextCell.Missing;
}
