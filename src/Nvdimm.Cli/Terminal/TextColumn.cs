namespace Nvdimm.Cli.Terminal;

/// <summary>A column of a table.</summary>
/// <param name="Heading">The heading, in capitals.</param>
/// <param name="Rank">The order in which columns are left out for lack of room: the highest rank first; 0 is never left out.</param>
internal sealed record TextColumn(string Heading, int Rank = 0)
{
    /// <summary>Whether the column has numbers, which are aligned right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether the column is left out in a pipe, because another column has the same value for programs.</summary>
    public bool IsForPeople { get; init; }

    /// <summary>Whether the column has sentences, which can wrap between words. Only valid for the last column.</summary>
    public bool Wraps { get; init; }
}
