using System.Globalization;
using System.Text.RegularExpressions;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Queries;

/// <summary>
/// The part of the engine's search language that clients use: <c>name=vm1 and status=up sortby name desc</c>, quotes, <c>*</c>, <c>!=</c>,
/// <c>or</c>, a bare word for a name, and <c>page 2</c> at the end.
/// </summary>
/// <param name="Terms">The conditions; blank for none.</param>
/// <param name="Sort">The word to sort by, and whether downwards; null for the natural order.</param>
/// <param name="Page">The page that is asked for, from 1.</param>
internal sealed partial record Search(string Terms, (string Field, bool IsDown)? Sort, long Page)
{
    private const int MaximumLength = 4096;
    private const int MaximumTerms = 256;

    /// <summary>Reads a search; null or empty finds all.</summary>
    /// <exception cref="ApiFaultException">It is too long.</exception>
    public static Search Parse(string? text)
    {
        var terms = text ?? "";
        if (terms.Length > MaximumLength)
        {
            throw ApiFaultException.BadValue($"The search is longer than {MaximumLength} characters.");
        }

        var number = 1L;
        if (PageNumber().Match(terms) is { Success: true } page)
        {
            (terms, number) = (terms[..page.Index], Math.Max(1, long.Parse(page.Groups["page"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)));
        }

        if (SortBy().Match(terms) is not { Success: true } sort)
        {
            return new Search(terms, null, number);
        }

        var isDown = sort.Groups["order"].Value.Equals("desc", StringComparison.OrdinalIgnoreCase);
        return new Search(terms[..sort.Index], (sort.Groups["field"].Value, isDown), number);
    }

    /// <summary>Whether it finds all in the natural order.</summary>
    /// <param name="naturalOrder">The word of the natural order; null where no word has it.</param>
    public bool IsWhole(string? naturalOrder) => string.IsNullOrWhiteSpace(Terms)
        && (Sort is not { } sort || (!sort.IsDown && sort.Field.Equals(naturalOrder, StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// The name that all found have, if its only condition is <c>name=TEXT</c> or a bare word, without <c>*</c>; null for every other search. What has the
    /// name still is to be searched.
    /// </summary>
    public string? OnlyName => Term().Match(Terms) is { Success: true } term && string.IsNullOrWhiteSpace(Terms[term.Length..])
        && !term.Groups["and"].Success && !term.Groups["or"].Success && !term.Groups["operator"].Value.Contains('!', StringComparison.Ordinal)
        && (!term.Groups["field"].Success || term.Groups["field"].Value.Equals("name", StringComparison.OrdinalIgnoreCase))
        && (term.Groups["quoted"].Success ? term.Groups["quoted"].Value : term.Groups["value"].Value) is { } name && !name.Contains('*', StringComparison.Ordinal)
            ? name
            : null;

    /// <summary>The entities that it finds, of all pages.</summary>
    /// <param name="items">All, in their natural order.</param>
    /// <param name="isCaseSensitive">Whether case matters in values.</param>
    /// <param name="fields">What can be searched for: the values of each word.</param>
    /// <exception cref="ApiFaultException">The search is not understood.</exception>
    public IEnumerable<T> Find<T>(IEnumerable<T> items, bool isCaseSensitive, IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> fields)
    {
        var matches = Alternatives(Terms, isCaseSensitive, fields);
        var found = items.Where(item => matches.Any(all => all.TrueForAll(match => match(item))));
        if (Sort is not { } sort)
        {
            return found;
        }

        var key = Field(fields, sort.Field);
        return sort.IsDown
            ? found.OrderByDescending(item => key(item).FirstOrDefault(), StringComparer.Ordinal)
            : found.OrderBy(item => key(item).FirstOrDefault(), StringComparer.Ordinal);
    }

    private static List<List<Predicate<T>>> Alternatives<T>(string text, bool isCaseSensitive, IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> fields)
    {
        List<List<Predicate<T>>> alternatives = [[]];
        var (position, terms) = (0, 0);
        while (Term().Match(text, position) is { Success: true, Length: > 0 } term)
        {
            position = term.Index + term.Length;
            if (++terms > MaximumTerms)
            {
                throw ApiFaultException.BadValue($"The search has more than {MaximumTerms} words.");
            }

            if (term.Groups["or"].Success)
            {
                alternatives.Add([]);
            }
            else if (!term.Groups["and"].Success)
            {
                alternatives[^1].Add(Predicate(term, isCaseSensitive, fields));
            }
        }

        return string.IsNullOrWhiteSpace(text[position..]) ? alternatives : throw ApiFaultException.BadValue($"The search '{text}' is not understood at '{text[position..]}'.");
    }

    private static Predicate<T> Predicate<T>(Match term, bool isCaseSensitive, IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> fields)
    {
        var values = Field(fields, term.Groups["field"].Success ? term.Groups["field"].Value : "name");
        var wanted = term.Groups["quoted"].Success ? term.Groups["quoted"].Value : term.Groups["value"].Value;
        var isNot = term.Groups["operator"].Value.Contains('!', StringComparison.Ordinal);
        return item => values(item).Any(value => Wildcard.IsMatch(wanted, value, isCaseSensitive)) != isNot;
    }

    private static Func<T, IEnumerable<string>> Field<T>(IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> fields, string name) =>
        fields.TryGetValue(name.ToLowerInvariant(), out var values)
            ? values
            : throw ApiFaultException.BadValue($"There is no search by '{name}'; known are {string.Join(", ", fields.Keys)}.");

    [GeneratedRegex(
        """\G\s*(?:(?<and>and\b)|(?<or>or\b)|(?:(?<field>[A-Za-z_.]+)\s*(?<operator>!=|=)\s*)?(?:"(?<quoted>[^"]*)"|(?<value>[^\s"=!]+)))""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Term();

    [GeneratedRegex(@"(?:^|\s)page\s+(?<page>\d{1,9})\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PageNumber();

    [GeneratedRegex(@"\bsortby\s+(?<field>\w+)(?:\s+(?<order>asc|desc))?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SortBy();
}
