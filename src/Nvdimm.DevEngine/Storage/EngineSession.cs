using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Nvdimm.DevEngine.Storage;

/// <summary>
/// One transaction. Each statement is an activity with OpenTelemetry's attributes: its text and the number of returned rows.
/// </summary>
internal sealed class EngineSession(SqliteConnection connection, SqliteTransaction transaction)
{
    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "Nvdimm.DevEngine.Storage";

    private static readonly ActivitySource Source = new(ActivitySourceName);

    /// <summary>Ids as one parameter of any length, which a statement reads with <c>json_each</c>.</summary>
    public static string List(IEnumerable<string> ids) => JsonSerializer.Serialize(ids.Distinct(StringComparer.Ordinal));

    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null)
    {
        using var statement = Start(sql);
        var rows = connection.Query<T>(sql, parameters, transaction).AsList();
        statement?.SetTag("db.response.returned_rows", rows.Count);
        return rows;
    }

    public T? Find<T>(string sql, object? parameters = null)
        where T : class
    {
        using var statement = Start(sql);
        return connection.QueryFirstOrDefault<T>(sql, parameters, transaction);
    }

    public T Scalar<T>(string sql, object? parameters = null)
    {
        using var statement = Start(sql);
        return connection.ExecuteScalar<T>(sql, parameters, transaction)!;
    }

    public int Execute(string sql, object? parameters = null)
    {
        using var statement = Start(sql);
        return connection.Execute(sql, parameters, transaction);
    }

    private Activity? Start(string sql) => Source.StartActivity("sqlite", ActivityKind.Client)
        ?.SetTag("db.system.name", "sqlite")
        .SetTag("db.namespace", connection.DataSource)
        .SetTag("db.query.text", sql);
}
