using System.Globalization;
using Nvdimm.Extensions;

namespace Nvdimm.Cli.Terminal;

/// <summary>A cell of a table.</summary>
internal readonly record struct TextCell
{
    private TextCell(string shown, string exact)
    {
        Shown = Printable.ForTerminal(shown);
        Exact = Printable.Text(exact);
    }

    /// <summary>The text for an absent value.</summary>
    public const string Missing = "-";

    /// <summary>The text on a terminal.</summary>
    public string Shown { get; }

    /// <summary>The text in a pipe.</summary>
    public string Exact { get; }

    /// <summary>Creates a cell with the same text on a terminal and in a pipe.</summary>
    public TextCell(string? text)
        : this(text ?? Missing, text ?? Missing)
    {
    }

    /// <summary>A text.</summary>
    public static implicit operator TextCell(string? text) => new(text);

    /// <summary>A whole number.</summary>
    public static implicit operator TextCell(long? number) => new(number?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A size: with a unit on a terminal, in bytes in a pipe.</summary>
    public static implicit operator TextCell(ByteSize? size) =>
        size is { } value ? new TextCell(value.ToString(), SizeText.Bytes(value)) : new TextCell(Missing);

    /// <summary>A size or an offset, always in bytes.</summary>
    public static TextCell Bytes(ByteSize? size) => new(SizeText.Bytes(size));
}
