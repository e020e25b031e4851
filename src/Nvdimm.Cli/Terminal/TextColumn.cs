namespace Nvdimm.Cli.Terminal;

/// <summary>A column of a table.</summary>
/// <param name="Heading">Its heading, in capitals.</param>
/// <param name="Rank">When it goes where there is no room: the highest first; 0 for a column that stays.</param>
internal sealed record TextColumn(string Heading, int Rank = 0)
{
    /// <summary>Whether it has numbers, which stand right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether only people need it, as another column has the same for programs.</summary>
    public bool IsForPeople { get; init; }

    /// <summary>Whether it has sentences, which may wrap between words. Only the last column may.</summary>
    public bool Wraps { get; init; }
}
