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

    /// <summary>What stands for a value that is not there.</summary>
    public const string Missing = "-";

    /// <summary>What a person reads.</summary>
    public string Shown { get; }

    /// <summary>What a program reads.</summary>
    public string Exact { get; }

    /// <summary>A cell that is the same for both.</summary>
    public TextCell(string? text)
        : this(text ?? Missing, text ?? Missing)
    {
    }

    /// <summary>A text.</summary>
    public static implicit operator TextCell(string? text) => new(text);

    /// <summary>A whole number.</summary>
    public static implicit operator TextCell(long? number) => new(number?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A size: with a unit for people, in bytes for programs.</summary>
    public static implicit operator TextCell(ByteSize? size) =>
        size is { } known ? new TextCell(known.ToString(), SizeText.Bytes(known)) : new TextCell(Missing);

    /// <summary>Bytes or an offset, always whole.</summary>
    public static TextCell Bytes(ByteSize? size) => new(SizeText.Bytes(size));
}
