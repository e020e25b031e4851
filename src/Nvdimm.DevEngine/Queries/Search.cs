using System.Globalization;
using System.Text.RegularExpressions;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Queries;

/// <summary>
/// The engine's search language (oVirt Engine 4.5, <c>SyntaxChecker</c>): <c>name=vm* and memory&gt;1024 sortby name desc page 2</c>,
/// quotes, fields of related entities (<c>host.name</c>), and bare words, which are searched in all texts. <c>and</c> binds tighter than
/// <c>or</c>, and can be omitted. A search that is not understood is a fault and never returns another list.
/// </summary>
/// <param name="Terms">The conditions; blank for none.</param>
/// <param name="Sort">The word to sort by, and whether descending; null for the natural order.</param>
/// <param name="Page">The requested page, from 1.</param>
internal sealed partial record Search(string Terms, (string Field, bool IsDown)? Sort, long Page)
{
    private const int MaximumLength = 4096;
    private const int MaximumTerms = 256;

    /// <summary>Characters that the engine never accepts, and parentheses, which it takes for text and not for a group.</summary>
    private static readonly char[] Refused = ['\'', ';', '(', ')'];

    /// <summary>Parses a search; null or empty matches all.</summary>
    /// <exception cref="ApiFaultException">The search is too long, or has a character that is not allowed.</exception>
    public static Search Parse(string? text)
    {
        var terms = text ?? "";
        if (terms.Length > MaximumLength)
        {
            throw ApiFaultException.BadValue($"The search is longer than {MaximumLength} characters.");
        }

        if (terms.IndexOfAny(Refused) is >= 0 and var place)
        {
            throw ApiFaultException.BadValue(
                $"A search cannot have '{terms[place]}'. The engine does not group conditions: 'and' binds more than 'or'.");
        }

        var number = 1L;
        if (PageNumber().Match(terms) is { Success: true } page)
        {
            (terms, number) = (terms[..page.Index], Math.Max(
                1, long.Parse(page.Groups["page"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)));
        }

        if (SortBy().Match(terms) is not { Success: true } sort)
        {
            return new Search(terms, null, number);
        }

        var isDown = sort.Groups["order"].Value.Equals("desc", StringComparison.OrdinalIgnoreCase);
        return new Search(terms[..sort.Index], (sort.Groups["field"].Value, isDown), number);
    }

    /// <summary>Whether the search matches all, in the natural order.</summary>
    /// <param name="naturalOrder">The search word of the natural order; null if there is none.</param>
    public bool IsWhole(string? naturalOrder) => string.IsNullOrWhiteSpace(Terms)
        && (Sort is not { } sort || (!sort.IsDown && sort.Field.Equals(naturalOrder, StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// The name that every match has, if the only condition is <c>name=TEXT</c> without <c>*</c>; null for every other search. The items
    /// with that name must still be searched.
    /// </summary>
    public string? OnlyName => Term().Match(Terms) is { Success: true } term && string.IsNullOrWhiteSpace(Terms[term.Length..])
        && term.Groups["relation"].Value == "=" && term.Groups["field"].Value.Equals("name", StringComparison.OrdinalIgnoreCase)
        && Wanted(term) is { } name && !name.Contains('*', StringComparison.Ordinal)
            ? name
            : null;

    /// <summary>The matching entities, of all pages.</summary>
    /// <param name="items">All entities, in their natural order.</param>
    /// <param name="isCaseSensitive">Whether case matters in values.</param>
    /// <param name="schema">The words that can be searched by.</param>
    /// <exception cref="ApiFaultException">The search is not understood.</exception>
    public IEnumerable<T> Find<T>(IEnumerable<T> items, bool isCaseSensitive, SearchSchema<T> schema)
    {
        var matches = Alternatives(Terms, isCaseSensitive, schema);
        var matching = items.Where(item => matches.Any(all => all.TrueForAll(match => match(item))));
        if (Sort is not { } sort)
        {
            return matching;
        }

        var key = schema.Field(sort.Field).Values;
        return sort.IsDown
            ? matching.OrderByDescending(item => key(item).FirstOrDefault(), StringComparer.Ordinal)
            : matching.OrderBy(item => key(item).FirstOrDefault(), StringComparer.Ordinal);
    }

    private static List<List<Predicate<T>>> Alternatives<T>(string text, bool isCaseSensitive, SearchSchema<T> schema)
    {
        List<List<Predicate<T>>> alternatives = [[]];
        var (position, terms, isOpen) = (0, 0, false);
        while (Term().Match(text, position) is { Success: true, Length: > 0 } term)
        {
            position = term.Index + term.Length;
            if (++terms > MaximumTerms)
            {
                throw ApiFaultException.BadValue($"The search has more than {MaximumTerms} words.");
            }

            var isJoint = term.Groups["and"].Success || term.Groups["or"].Success;
            if (isJoint && (isOpen || terms == 1))
            {
                throw NotUnderstood(text, text[term.Index..]);
            }

            isOpen = isJoint;
            if (term.Groups["or"].Success)
            {
                alternatives.Add([]);
            }
            else if (!isJoint)
            {
                alternatives[^1].Add(Predicate(term, isCaseSensitive, schema));
            }
        }

        return string.IsNullOrWhiteSpace(text[position..]) && !isOpen ? alternatives : throw NotUnderstood(text, text[position..]);
    }

    private static ApiFaultException NotUnderstood(string text, string rest) =>
        ApiFaultException.BadValue($"The search '{text}' is not understood at '{rest}'.");

    private static Predicate<T> Predicate<T>(Match term, bool isCaseSensitive, SearchSchema<T> schema)
    {
        var wanted = Wanted(term);
        if (!term.Groups["field"].Success)
        {
            var free = schema.Free.ToList();
            return item => free.Exists(field => field.Values(item).Any(value => Wildcard.IsMatch($"*{wanted}*", value, isCaseSensitive)));
        }

        var (name, relation) = (term.Groups["field"].Value, term.Groups["relation"].Value);
        var (values, read) = schema.Field(name);
        if (read is null)
        {
            return relation is "=" or "!="
                ? item => values(item).Any(value => Wildcard.IsMatch(wanted, value, isCaseSensitive)) == (relation == "=")
                : throw ApiFaultException.BadValue($"'{name}' is a text: a search can have {name}= and {name}!=, not {name}{relation}.");
        }

        var key = read(wanted) ?? throw ApiFaultException.BadValue($"'{wanted}' is no value of '{name}'.");
        return relation == "!="
            ? item => !values(item).Any(value => string.Equals(value, key, StringComparison.Ordinal))
            : item => values(item).Any(value => Holds(string.CompareOrdinal(value, key), relation));
    }

    private static string Wanted(Match term) => term.Groups["quoted"].Success ? term.Groups["quoted"].Value : term.Groups["value"].Value;

    private static bool Holds(int order, string relation) => relation switch
    {
        "=" => order == 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    [GeneratedRegex(
        """
        \G\s*(?:(?<and>and\b)|(?<or>or\b)
        |(?:(?<field>[A-Za-z_.]+)\s*(?<relation>!=|<=|>=|=|<|>)\s*)?(?:"(?<quoted>[^"]*)"|(?<value>[^\s"=!<>]+)))(?=\s|$)
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Term();

    [GeneratedRegex(
        @"(?:^|\s)page\s+(?<page>\d{1,9})\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PageNumber();

    [GeneratedRegex(
        @"(?:^|\s)sortby\s+(?<field>[A-Za-z_.]+)(?:\s+(?<order>asc|desc))?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex SortBy();
}
