namespace Nvdimm.DevEngine.Queries;

/// <summary>Patterns in which <c>*</c> stands for any text.</summary>
internal static class Wildcard
{
    /// <summary>Whether a text matches. The time is at most the product of the two lengths.</summary>
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool isCaseSensitive)
    {
        var (at, read) = (0, 0);
        var (star, resumed) = (-1, 0);
        while (read < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, resumed) = (at++, read);
            }
            else if (at < pattern.Length && IsSame(pattern[at], text[read], isCaseSensitive))
            {
                at++;
                read++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                (at, read) = (star + 1, ++resumed);
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].TrimStart('*').IsEmpty;
    }

    private static bool IsSame(char one, char other, bool isCaseSensitive) =>
        one == other || (!isCaseSensitive && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
