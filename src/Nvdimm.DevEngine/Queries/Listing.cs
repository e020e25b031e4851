using System.Globalization;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Queries;

/// <summary>Reads the parameters of listings.</summary>
internal static class Listing
{
    private const int DefaultPageSize = 100;

    /// <summary>Cuts the collection inside an entity to <c>max</c> items. Listings that can be long are cut before they are read.</summary>
    /// <exception cref="ApiFaultException"><c>max</c> is not a number.</exception>
    public static ApiObject Cut(ApiObject entity, IQueryCollection query) => Maximum(query) is { } maximum ? entity.Take(maximum) : entity;

    /// <summary>The part of a listing that <c>max</c> allows.</summary>
    /// <exception cref="ApiFaultException"><c>max</c> is not a number.</exception>
    public static Slice Limit(IQueryCollection? query) => new(0, Maximum(query) ?? long.MaxValue);

    /// <summary>
    /// The items that <c>search</c> matches, at most <c>max</c>. Case matters unless <c>case_sensitive=false</c>. Without conditions and in
    /// the natural order, only the requested page is read; with an exact name as the only condition, only the items with that name.
    /// </summary>
    /// <param name="read">Reads a part of the listing in its natural order.</param>
    /// <param name="naturalOrder">The search word of the natural order, ascending; null if there is none.</param>
    /// <param name="query">The parameters; null for the whole listing.</param>
    /// <param name="schema">The words that can be searched by.</param>
    /// <param name="readNamed">Reads the items with a name; null if that is no faster than reading all.</param>
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

    /// <summary>A number of at least 0; the default if the parameter is missing.</summary>
    /// <exception cref="ApiFaultException">The parameter is not such a number.</exception>
    public static long Number(IQueryCollection? query, string name, long byDefault) => Parameter(query, name) is not { } text
        ? byDefault
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiFaultException.BadValue($"'{text}' is no number for {name}.");

    /// <summary>A parameter; null if it is missing or empty.</summary>
    public static string? Parameter(IQueryCollection? query, string name) =>
        query?[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>The largest number of entities to return; null for no limit. As in the engine, a negative number means no limit.</summary>
    private static int? Maximum(IQueryCollection? query) => Parameter(query, "max") is not { } text
        ? null
        : !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var maximum)
            ? throw ApiFaultException.BadValue($"'{text}' is no number for max.")
            : maximum < 0 ? null : maximum;
}
