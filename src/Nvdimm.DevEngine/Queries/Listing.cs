using System.Globalization;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Queries;

/// <summary>The parameters that listings take.</summary>
internal static class Listing
{
    private const int DefaultPageSize = 100;

    /// <summary>A collection with at most <c>max</c> entities; a negative number is no limit, as in the engine.</summary>
    /// <exception cref="ApiFaultException"><c>max</c> is no number.</exception>
    public static ApiObject Limit(ApiObject entity, HttpRequest request) => Parameter(request.Query, "max") is not { } text
        ? entity
        : !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var max)
            ? throw ApiFaultException.BadValue($"'{text}' is no number for max.")
            : max < 0 ? entity : entity.Take(max);

    /// <summary>What a listing's <c>search</c> finds; case matters unless <c>case_sensitive=false</c>.</summary>
    /// <exception cref="ApiFaultException">The search is not understood.</exception>
    public static IEnumerable<T> Found<T>(IEnumerable<T> items, IQueryCollection? query, IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> fields) => Search.Find(
        items,
        Parameter(query, "search"),
        isCaseSensitive: !string.Equals(Parameter(query, "case_sensitive"), "false", StringComparison.OrdinalIgnoreCase),
        pageSize: int.TryParse(Parameter(query, "max"), NumberStyles.None, CultureInfo.InvariantCulture, out var max) ? max : DefaultPageSize,
        fields);

    /// <summary>A number from 0; the default where there is none.</summary>
    /// <exception cref="ApiFaultException">It is no such number.</exception>
    public static long Number(IQueryCollection? query, string name, long byDefault) => Parameter(query, name) is not { } text
        ? byDefault
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiFaultException.BadValue($"'{text}' is no number for {name}.");

    /// <summary>A parameter; null where there is none or it is empty.</summary>
    public static string? Parameter(IQueryCollection? query, string name) => query?[name].ToString() is { Length: > 0 } value ? value : null;
}
