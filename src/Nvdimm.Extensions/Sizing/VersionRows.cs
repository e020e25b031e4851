namespace Nvdimm.Extensions.Sizing;

/// <summary>Builds and searches tables of rows by version. Each row is the previous one with the changes of its version.</summary>
internal static class VersionRows
{
    /// <summary>Builds the rows: the first one, and one for each change, which is applied to the row before it.</summary>
    public static ValueList<T> Of<T>(T first, params ReadOnlySpan<Func<T, T>> changes)
    {
        var rows = new List<T> { first };
        foreach (var change in changes)
        {
            rows.Add(change(rows[^1]));
        }

        return rows.ToValueList();
    }

    /// <summary>The row of a version: the last row that begins at or before it; null if the version is older than every row.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="version"/> is null.</exception>
    public static T? At<T>(ValueList<T> rows, Func<T, Version> since, Version version)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(version);
        return rows.LastOrDefault(row => since(row) <= version);
    }
}
