using System.Globalization;
using System.Text.RegularExpressions;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Queries;

/// <summary>
/// The part of the engine's search language that clients use: <c>name=vm1 and status=up sortby name desc</c>, quotes, <c>*</c>, <c>!=</c>,
/// <c>or</c>, a bare word for a name, and <c>page 2</c> at the end.
/// </summary>
internal static partial class Search
{
    private const int MaximumLength = 4096;

    /// <summary>The entities that a search finds.</summary>
    /// <param name="items">All, in order of their names.</param>
    /// <param name="search">The search; null or empty finds all.</param>
    /// <param name="isCaseSensitive">Whether case matters in values.</param>
    /// <param name="pageSize">How many there are on a page.</param>
    /// <param name="fields">What can be searched for: the values of each word.</param>
    /// <exception cref="ApiFaultException">The search is not understood.</exception>
    public static IEnumerable<T> Find<T>(IEnumerable<T> items, string? search, bool isCaseSensitive, int pageSize, IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> fields)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return items;
        }

        if (search.Length > MaximumLength)
        {
            throw ApiFaultException.BadValue($"The search is longer than {MaximumLength} characters.");
        }

        if (Page().Match(search) is { Success: true } page)
        {
            var skipped = (int.Parse(page.Groups["page"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) - 1L) * pageSize;
            return Find(items, search[..page.Index], isCaseSensitive, pageSize, fields).Skip((int)Math.Clamp(skipped, 0, int.MaxValue));
        }

        var sort = SortBy().Match(search);
        var matches = Alternatives(sort.Success ? search[..sort.Index] : search, isCaseSensitive, fields);
        var found = items.Where(item => matches.Any(all => all.TrueForAll(match => match(item))));
        if (!sort.Success)
        {
            return found;
        }

        var key = Field(fields, sort.Groups["field"].Value);
        var isDown = sort.Groups["order"].Value.Equals("desc", StringComparison.OrdinalIgnoreCase);
        return isDown
            ? found.OrderByDescending(item => key(item).FirstOrDefault(), StringComparer.Ordinal)
            : found.OrderBy(item => key(item).FirstOrDefault(), StringComparer.Ordinal);
    }

    private static List<List<Predicate<T>>> Alternatives<T>(string text, bool isCaseSensitive, IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> fields)
    {
        List<List<Predicate<T>>> alternatives = [[]];
        var position = 0;
        while (Term().Match(text, position) is { Success: true, Length: > 0 } term)
        {
            position = term.Index + term.Length;
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
    private static partial Regex Page();

    [GeneratedRegex(@"\bsortby\s+(?<field>\w+)(?:\s+(?<order>asc|desc))?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SortBy();
}
