using System.Globalization;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Queries;

/// <summary>The parameters that listings take.</summary>
internal static class Listing
{
    private const int DefaultPageSize = 100;

    /// <summary>A collection of what belongs to an entity with at most <c>max</c> of it. Listings that can be long cut before they read.</summary>
    /// <exception cref="ApiFaultException"><c>max</c> is no number.</exception>
    public static ApiObject Cut(ApiObject entity, IQueryCollection query) => Maximum(query) is { } maximum ? entity.Take(maximum) : entity;

    /// <summary>The part of a listing that <c>max</c> allows.</summary>
    /// <exception cref="ApiFaultException"><c>max</c> is no number.</exception>
    public static Slice Limit(IQueryCollection? query) => new(0, Maximum(query) ?? long.MaxValue);

    /// <summary>
    /// What a listing's <c>search</c> finds, at most <c>max</c> of it; case matters unless <c>case_sensitive=false</c>. Without conditions and in
    /// the natural order only the page that is asked for is read, and with a whole name as the only condition what has that name.
    /// </summary>
    /// <param name="read">Reads a part of the listing in its natural order.</param>
    /// <param name="naturalOrder">The word of the natural order, ascending; null where no word has it.</param>
    /// <param name="query">The parameters; null for the whole listing.</param>
    /// <param name="schema">What can be searched by.</param>
    /// <param name="readNamed">Reads what has a name; null where a name is no faster than all.</param>
    /// <exception cref="ApiFaultException">The search is not understood.</exception>
    public static IEnumerable<T> Found<T>(
        Func<Slice, IReadOnlyList<T>> read,
        string? naturalOrder,
        IQueryCollection? query,
        SearchSchema<T> schema,
        Func<string, IReadOnlyList<T>>? readNamed = null)
    {
        var maximum = Maximum(query);
        var search = Search.Parse(Parameter(query, "search"));
        var slice = new Slice((search.Page - 1) * (maximum ?? DefaultPageSize), maximum ?? long.MaxValue);
        var isCaseSensitive = !string.Equals(Parameter(query, "case_sensitive"), "false", StringComparison.OrdinalIgnoreCase);
        if (search.IsWhole(naturalOrder))
        {
            return read(slice);
        }

        var candidates = readNamed is not null && isCaseSensitive && search.OnlyName is { } name ? readNamed(name) : read(Slice.All);
        return slice.Of(search.Find(candidates, isCaseSensitive, schema));
    }

    /// <summary>A number from 0; the default where there is none.</summary>
    /// <exception cref="ApiFaultException">It is no such number.</exception>
    public static long Number(IQueryCollection? query, string name, long byDefault) => Parameter(query, name) is not { } text
        ? byDefault
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiFaultException.BadValue($"'{text}' is no number for {name}.");

    /// <summary>A parameter; null where there is none or it is empty.</summary>
    public static string? Parameter(IQueryCollection? query, string name) => query?[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>How many entities are asked for; null without limit: a negative number is none, as in the engine.</summary>
    private static int? Maximum(IQueryCollection? query) => Parameter(query, "max") is not { } text
        ? null
        : !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var maximum)
            ? throw ApiFaultException.BadValue($"'{text}' is no number for max.")
            : maximum < 0 ? null : maximum;
}
