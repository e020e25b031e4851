using Dapper;
using Microsoft.Data.Sqlite;

namespace Nvdimm.DevEngine.Storage;

/// <summary>One transaction.</summary>
internal sealed class EngineSession(SqliteConnection connection, SqliteTransaction transaction)
{
    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null) => connection.Query<T>(sql, parameters, transaction).AsList();

    public T? Find<T>(string sql, object? parameters = null)
        where T : class => connection.QueryFirstOrDefault<T>(sql, parameters, transaction);

    public T Scalar<T>(string sql, object? parameters = null) => connection.ExecuteScalar<T>(sql, parameters, transaction)!;

    public int Execute(string sql, object? parameters = null) => connection.Execute(sql, parameters, transaction);
}
