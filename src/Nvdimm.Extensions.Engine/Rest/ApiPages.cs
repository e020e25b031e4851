using System.Runtime.CompilerServices;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>Reads long collections, which the engine returns in pages as part of a search (<c>sortby name asc page 2</c>).</summary>
internal static class ApiPages
{
    /// <summary>Returns all items. An item that moves to a later page meanwhile is returned once.</summary>
    /// <exception cref="OvirtException">
    /// A page cannot be read, the engine returns the same page again, or there are more pages or bytes than the options allow.
    /// </exception>
    public static async IAsyncEnumerable<T> ListAsync<T>(
        ApiConnection api,
        (string Collection, string Item) names,
        string? search,
        OvirtClientOptions options,
        (Func<WireValue, T> Read, Func<T, string> Id) item,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (pageSize, received) = (options.PageSize, 0L);
        for (var page = 1; ; page++)
        {
            var path = $"{names.Collection}?max={pageSize}{Search(search, page)}";
            if (page > options.MaxPages || received > options.MaxListingBytes)
            {
                throw new OvirtException(
                    $"GET {path}",
                    OvirtFailure.BadAnswer,
                    $"the listing has no end within {options.MaxPages} pages of {pageSize} and {options.MaxListingBytes} bytes: "
                    + $"it was given up after {page - 1} pages and {received} bytes");
            }

            var budget = new CallBudget(options);
            var items = await api
                .GetAsync(path, wire => wire.ItemsOf(names.Item).Select(item.Read).ToArray(), budget, cancellationToken)
                .ConfigureAwait(false);
            received += budget.Received;
            var fresh = items.Where(value => seen.Add(item.Id(value))).ToArray();
            if (items.Length >= pageSize && fresh.Length == 0)
            {
                throw new OvirtException(
                    $"GET {path}",
                    OvirtFailure.BadAnswer,
                    $"page {page} has nothing but what was on the pages before: the listing cannot be complete");
            }

            foreach (var value in fresh)
            {
                yield return value;
            }

            if (items.Length < pageSize)
            {
                yield break;
            }
        }
    }

    private static string Search(string? search, int page)
    {
        var expression = page == 1 ? search ?? "" : $"{search} sortby name asc page {page}".TrimStart();
        return expression.Length == 0 ? "" : $"&search={Uri.EscapeDataString(expression)}";
    }
}
