using Dapper;
using Microsoft.Data.Sqlite;

namespace Nvdimm.DevEngine.Storage;

/// <summary>
/// The SQLite file. What <see cref="Write"/> has returned from is on the disk: the log is synced with every commit, so that neither kill -9
/// nor a crash of the machine loses it. Writers come one after another; readers see what was there when they began.
/// </summary>
internal sealed class EngineDatabase : IDisposable
{
    private const int Version = 1;

    private readonly string connectionString;
    private readonly Lock writing = new();
    private readonly SqliteConnection first;

    static EngineDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Opens the file, and makes the tables where it is new.</summary>
    /// <exception cref="SqliteException">It cannot be opened, or is no database.</exception>
    /// <exception cref="InvalidOperationException">Another version of this program has written it.</exception>
    public EngineDatabase(string path)
    {
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        first = Open();
        first.Execute("PRAGMA journal_mode = WAL");
        Write(session =>
        {
            var version = session.Scalar<long>("PRAGMA user_version");
            IsNew = version == 0;
            if (IsNew)
            {
                session.Execute(Resource.Text("Schema.sql"));
                session.Execute($"PRAGMA user_version = {Version}");
            }
            else if (version != Version)
            {
                throw new InvalidOperationException($"{path} has version {version}, this program writes {Version}; use another file");
            }

            return version;
        });
    }

    /// <summary>Whether the file was new.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Reads; all that is read belongs together.</summary>
    public T Read<T>(Func<EngineSession, T> read)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        return read(new EngineSession(connection, transaction));
    }

    /// <summary>Changes, all or nothing. What throws changes nothing.</summary>
    public T Write<T>(Func<EngineSession, T> write)
    {
        lock (writing)
        {
            using var connection = Open();
            using var transaction = connection.BeginTransaction(deferred: false);
            var result = write(new EngineSession(connection, transaction));
            transaction.Commit();
            return result;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        first.Dispose();
        SqliteConnection.ClearPool(first);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }
}
