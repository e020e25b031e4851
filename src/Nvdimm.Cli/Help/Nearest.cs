namespace Nvdimm.Cli.Help;

/// <summary>Suggests names that a mistyped word may stand for.</summary>
internal static class Nearest
{
    private const int Most = 3;

    /// <summary>" Did you mean X or Y?", with a leading blank; empty if no name is near.</summary>
    /// <param name="word">The word that was typed.</param>
    /// <param name="names">The valid names.</param>
    public static string Hint(string word, IEnumerable<string> names) =>
        Of(word, names) is { Count: > 0 } near ? $" Did you mean {string.Join(" or ", near)}?" : "";

    /// <summary>
    /// The nearest names: those that begin with the word, else those with the smallest edit distance of at most one third of the letters.
    /// At most three names, in the given order.
    /// </summary>
    public static IReadOnlyList<string> Of(string word, IEnumerable<string> names)
    {
        var distinct = names.Distinct(StringComparer.Ordinal).ToList();
        var begun =
            word.Trim('-').Length == 0 ? [] : distinct.Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).ToList();
        if (begun.Count > 0)
        {
            return begun[..Math.Min(begun.Count, Most)];
        }

        var far = distinct.Select(name => (name, distance: Distance(word.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(pair => pair.distance <= Math.Max(1, Math.Min(word.Length, pair.name.Length) / 3))
            .ToList();
        return [.. far.Where(pair => pair.distance == far.Min(other => other.distance)).Take(Most).Select(pair => pair.name)];
    }

    /// <summary>
    /// The edit distance: how many letters are missing, added, replaced or swapped with their neighbour (optimal string alignment, the
    /// variant of Damerau-Levenshtein that edits each letter once).
    /// </summary>
    private static int Distance(string one, string other)
    {
        var table = Enumerable.Range(0, one.Length + 1).Select(_ => new int[other.Length + 1]).ToArray();
        for (var row = 0; row <= one.Length; row++)
        {
            for (var column = 0; column <= other.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    table[row][column] = row + column;
                    continue;
                }

                var replaced = table[row - 1][column - 1] + (one[row - 1] == other[column - 1] ? 0 : 1);
                var best = Math.Min(replaced, 1 + Math.Min(table[row - 1][column], table[row][column - 1]));
                var isSwapped = row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1];
                table[row][column] = isSwapped ? Math.Min(best, table[row - 2][column - 2] + 1) : best;
            }
        }

        return table[one.Length][other.Length];
    }
}
