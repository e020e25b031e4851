namespace Nvdimm.Extensions.Sizing;

/// <summary>Rows of a table by version: each says what changed in it, and is the one before in everything else.</summary>
internal static class VersionRows
{
    /// <summary>The rows: the first one, and for each change the row before it with that change.</summary>
    public static ValueList<T> Of<T>(T first, params ReadOnlySpan<Func<T, T>> changes)
    {
        var rows = new List<T> { first };
        foreach (var change in changes)
        {
            rows.Add(change(rows[^1]));
        }

        return rows.ToValueList();
    }

    /// <summary>The row of a version: the last one that begins at it or before it; null where the version is older than every row.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="version"/> is null.</exception>
    public static T? At<T>(ValueList<T> rows, Func<T, Version> since, Version version)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(version);
        return rows.LastOrDefault(row => since(row) <= version);
    }
}
