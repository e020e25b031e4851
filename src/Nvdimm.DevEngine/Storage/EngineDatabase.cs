using Dapper;
using Microsoft.Data.Sqlite;

namespace Nvdimm.DevEngine.Storage;

/// <summary>
/// The SQLite database. When <see cref="Write"/> returns, the change is on disk: the log is synced with every commit, so neither kill -9
/// nor a crash of the machine loses it. Writers run one after another; a reader sees the state at its beginning.
/// </summary>
internal sealed class EngineDatabase : IDisposable
{
    private readonly string connectionString;
    private readonly Lock writing = new();
    private readonly SqliteConnection first;

    static EngineDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Opens the file, and creates or migrates its tables.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, or is not a database.</exception>
    /// <exception cref="InvalidOperationException">A newer version of this program has written the file.</exception>
    public EngineDatabase(string path)
        : this(path, EngineSchema.Steps)
    {
    }

    /// <summary>As above with other migration steps.</summary>
    /// <param name="path">The file.</param>
    /// <param name="steps">
    /// The steps: the first makes version 1 of a new file, the one at index n turns version n into version n + 1.
    /// </param>
    internal EngineDatabase(string path, IReadOnlyList<string> steps)
    {
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        first = Open();
        first.Execute("PRAGMA journal_mode = WAL");
        try
        {
            var version = VersionOf(path, steps);
            IsNew = version == 0;
            while (version < steps.Count)
            {
                version = Write(session => Migrate(session, steps));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether the file was new.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Runs a reading transaction; all reads see the same state.</summary>
    public T Read<T>(Func<EngineSession, T> read)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        return read(new EngineSession(connection, transaction));
    }

    /// <summary>Runs a writing transaction. If it throws, nothing is changed.</summary>
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

    /// <summary>
    /// Runs one step in its own transaction. Another program that opened the file at the same time may have run it already.
    /// </summary>
    /// <returns>The version of the file after the step.</returns>
    private static int Migrate(EngineSession session, IReadOnlyList<string> steps)
    {
        var version = session.Scalar<int>("PRAGMA user_version");
        if (version >= steps.Count)
        {
            return version;
        }

        session.Execute(steps[version]);
        session.Execute($"PRAGMA user_version = {version + 1}");
        return version + 1;
    }

    private int VersionOf(string path, IReadOnlyList<string> steps)
    {
        var version = Read(session => session.Scalar<int>("PRAGMA user_version"));
        return version >= 0 && version <= steps.Count
            ? version
            : throw new InvalidOperationException(
                $"{path} has version {version}, and this program knows versions up to {steps.Count}. "
                + "Use the program that wrote the file, or a newer one.");
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }
}
