using Dapper;
using Microsoft.Data.Sqlite;

namespace Nvdimm.DevEngine.Storage;

/// <summary>
/// The SQLite file. What <see cref="Write"/> has returned from is on the disk: the log is synced with every commit, so that neither kill -9
/// nor a crash of the machine loses it. Writers come one after another; readers see what was there when they began.
/// </summary>
internal sealed class EngineDatabase : IDisposable
{
    private readonly string connectionString;
    private readonly Lock writing = new();
    private readonly SqliteConnection first;

    static EngineDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Opens the file, and makes or migrates its tables.</summary>
    /// <exception cref="SqliteException">It cannot be opened, or is no database.</exception>
    /// <exception cref="InvalidOperationException">A newer version of this program has written it.</exception>
    public EngineDatabase(string path)
        : this(path, EngineSchema.Steps)
    {
    }

    /// <summary>The same with other steps.</summary>
    /// <param name="path">The file.</param>
    /// <param name="steps">The steps: the first one makes a version 1 of a new file, the one at index n a version n + 1 of a version n.</param>
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

    /// <summary>One step in its transaction; another program that opens the file at the same time may have been faster.</summary>
    /// <returns>The version that the file has now.</returns>
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
                $"{path} has version {version}, and this program knows versions up to {steps.Count}. Use the program that wrote the file, or a newer one.");
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }
}
