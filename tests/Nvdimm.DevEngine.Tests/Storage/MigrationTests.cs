using System.IO.Compression;
using Dapper;
using Microsoft.Data.Sqlite;
using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Tests.Storage;

/// <summary>Files of earlier and newer versions of the database.</summary>
public sealed class MigrationTests
{
    private const string AddNotes = "ALTER TABLE vms ADD COLUMN notes TEXT NOT NULL DEFAULT 'none'; UPDATE vms SET notes = name WHERE name = 'vm1';";
    private const string AddRacks = "CREATE TABLE racks (id TEXT PRIMARY KEY) STRICT; INSERT INTO racks SELECT notes FROM vms WHERE notes <> 'none';";

    private TemporaryFolder folder = null!;

    private string Database => folder.PathOf("engine.db");

    [SetUp]
    public void CopyOfVersion1()
    {
        folder = new TemporaryFolder();
        using var packed = new GZipStream(File.OpenRead(TestFiles.PathOf("engine", "version-1.db.gz")), CompressionMode.Decompress);
        using var file = File.Create(Database);
        packed.CopyTo(file);
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    /// <summary>The steps after it have made-up changes: each is applied once, and what was there stays.</summary>
    [Test]
    public void RealFileOfVersion1_IsMigratedStepByStep()
    {
        var before = Names();
        Assert.That((Version(), before.Count), Is.EqualTo((1, 8)));
        for (var round = 0; round < 2; round++)
        {
            using var database = new EngineDatabase(Database, [.. EngineSchema.Steps.Take(1), AddNotes, AddRacks]);
            Assert.That(database.IsNew, Is.False);
            Assert.That(database.Read(session => session.Query<string>("SELECT id FROM racks")), Is.EqualTo(["vm1"]));
        }

        Assert.That((Version(), Names()), Is.EqualTo((3, before)));
    }

    [Test]
    public void StepThatFails_LeavesTheFileAsTheStepBeforeHasLeftIt()
    {
        const string Broken = "CREATE TABLE racks (id TEXT PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);";
        IReadOnlyList<string> broken = [.. EngineSchema.Steps.Take(1), AddNotes, Broken];
        Assert.That(() => new EngineDatabase(Database, broken), Throws.InstanceOf<SqliteException>());
        Assert.That((Version(), Tables().Contains("racks")), Is.EqualTo((2, false)));
        using var database = new EngineDatabase(Database, [.. EngineSchema.Steps.Take(1), AddNotes, AddRacks]);
        Assert.That(Version(), Is.EqualTo(3));
    }

    [TestCase(2)]
    [TestCase(99)]
    [TestCase(-1)]
    public void FileOfAnotherProgram_IsRefusedAndLeftAlone(int version)
    {
        var steps = EngineSchema.Steps.Take(1).ToList();
        Ask(connection => connection.Execute($"PRAGMA user_version = {version}"));
        Assert.That(
            () => new EngineDatabase(Database, steps),
            Throws.InvalidOperationException.With.Message.StartsWith($"{Database} has version {version}, and this program knows versions up to 1. Use the program"));
        Assert.That(Version(), Is.EqualTo(version));
    }

    /// <summary>Files of version 1 exist: the step that makes one must never change.</summary>
    [Test]
    public void FirstStep_MakesWhatTheFileOfVersion1Has()
    {
        using var made = new EngineDatabase(folder.PathOf("new.db"), EngineSchema.Steps.Take(1).ToList());
        Assert.That(made.IsNew, Is.True);
        var tables = made.Read(session => session.Query<string>("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"));
        Assert.That(tables, Is.EqualTo(Tables("sql")));
    }

    [Test]
    public void PresentSteps_OpenTheFileOfVersion1()
    {
        using var database = new EngineDatabase(Database);
        Assert.That((Version(), database.Read(session => session.VmRows(Slice.All).Count)), Is.EqualTo((EngineSchema.Steps.Count, 8)));
    }

    /// <summary>Earlier versions took a custom id of an origin several times.</summary>
    [Test]
    public void EventsOfOneCustomId_AreKept_AndOneKeepsTheId()
    {
        const string Add = "INSERT INTO events (code, severity, description, time, origin, custom_id) VALUES (9801, 'normal', @text, 0, @origin, @id)";
        Ask(connection => connection.Execute(
            Add,
            new[]
            {
                new { text = "first", origin = "a", id = 7 },
                new { text = "second", origin = "a", id = 7 },
                new { text = "third", origin = "b", id = 7 },
                new { text = "own", origin = "oVirt", id = -1 },
                new { text = "own again", origin = "oVirt", id = -1 },
            }));
        using var database = new EngineDatabase(Database);
        var ids = database.Read(session => session.Events(0, Slice.All)).Where(entry => entry.Time == 0).ToDictionary(entry => entry.Description, entry => entry.CustomId);
        Assert.That(
            string.Join(' ', ids.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}:{entry.Value}")),
            Is.EqualTo("first:7 own:-1 own again:-1 second:-1 third:7"));
    }

    private int Version() => Ask(connection => connection.ExecuteScalar<int>("PRAGMA user_version"));

    private List<string> Names() => Ask(connection => connection.Query<string>("SELECT name FROM vms ORDER BY name").AsList());

    private List<string> Tables(string column = "name") =>
        Ask(connection => connection.Query<string>($"SELECT {column} FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").AsList());

    private T Ask<T>(Func<SqliteConnection, T> ask)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        return ask(connection);
    }
}
