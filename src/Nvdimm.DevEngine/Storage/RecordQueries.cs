using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Storage;

/// <summary>Queries for events, jobs, snapshots and tags.</summary>
internal static class RecordQueries
{
    public static EventRow Add(this EngineSession session, EventRow entry)
    {
        var id = session.Scalar<long>(
            """
            INSERT INTO events (code, severity, description, time, origin, custom_id, vm_id, host_id, correlation_id)
            VALUES (@Code, @Severity, @Description, @Time, @Origin, @CustomId, @VmId, @HostId, @CorrelationId)
            RETURNING id
            """,
            entry);
        return entry with { Id = id };
    }

    /// <summary>Whether an event from an origin has a custom id.</summary>
    public static bool IsEvent(this EngineSession session, string origin, long customId) => session.Scalar<bool>(
        "SELECT EXISTS (SELECT 1 FROM events WHERE origin = @origin AND custom_id = @customId AND custom_id <> -1)",
        new { origin, customId });

    /// <summary>The events with numbers above <paramref name="from"/>, newest first.</summary>
    public static IReadOnlyList<EventRow> Events(this EngineSession session, long from, Slice slice) =>
        session.Query<EventRow>(
            "SELECT * FROM events WHERE id > @from ORDER BY id DESC LIMIT @Take OFFSET @Skip", new { from, slice.Take, slice.Skip });

    /// <summary>The events about a host, newest first.</summary>
    public static IReadOnlyList<EventRow> EventsOfHost(this EngineSession session, string host) =>
        session.Query<EventRow>("SELECT * FROM events WHERE host_id = @host ORDER BY id DESC", new { host });

    public static EventRow? Event(this EngineSession session, long id) =>
        session.Find<EventRow>("SELECT * FROM events WHERE id = @id", new { id });

    public static void Add(this EngineSession session, JobRow job) => session.Execute(
        """
        INSERT INTO jobs (id, description, status, started, ended, correlation_id, external)
        VALUES (@Id, @Description, @Status, @Started, @Ended, @CorrelationId, @External)
        """,
        job);

    public static StepRow Add(this EngineSession session, StepRow step)
    {
        session.Execute(
            "INSERT INTO steps (id, job_id, description, type, status, started) "
            + "VALUES (@Id, @JobId, @Description, @Type, @Status, @Started)",
            step);
        return step;
    }

    /// <summary>The steps of a job, oldest first.</summary>
    public static IReadOnlyList<StepRow> Steps(this EngineSession session, string job) =>
        session.Query<StepRow>("SELECT * FROM steps WHERE job_id = @job ORDER BY started, id", new { job });

    public static int EndStep(this EngineSession session, string step, string status, long ended) =>
        session.Execute("UPDATE steps SET status = @status, ended = @ended WHERE id = @step", new { step, status, ended });

    public static int End(this EngineSession session, string job, string status, long ended) =>
        session.Execute("UPDATE jobs SET status = @status, ended = @ended WHERE id = @job", new { job, status, ended });

    /// <summary>The jobs, newest first.</summary>
    public static IReadOnlyList<JobRow> Jobs(this EngineSession session, Slice slice) =>
        session.Query<JobRow>("SELECT * FROM jobs ORDER BY started DESC, id LIMIT @Take OFFSET @Skip", slice);

    public static JobRow? Job(this EngineSession session, string id) =>
        session.Find<JobRow>("SELECT * FROM jobs WHERE id = @id", new { id });

    public static void Add(this EngineSession session, SnapshotRow snapshot) => session.Execute(
        "INSERT INTO snapshots (id, vm_id, description, date, has_memory, configuration) "
        + "VALUES (@Id, @VmId, @Description, @Date, @HasMemory, @Configuration)",
        snapshot);

    public static int RemoveSnapshot(this EngineSession session, string snapshot) =>
        session.Execute("DELETE FROM snapshots WHERE id = @snapshot", new { snapshot });

    /// <summary>A snapshot of any VM.</summary>
    /// <exception cref="ApiFaultException">No snapshot has that id.</exception>
    public static SnapshotRow Snapshot(this EngineSession session, string id) =>
        session.Find<SnapshotRow>("SELECT * FROM snapshots WHERE id = @id", new { id })
            ?? throw ApiFaultException.NotFound("snapshot", id);

    /// <summary>The snapshots of VMs, oldest first.</summary>
    public static IReadOnlyList<SnapshotRow> Snapshots(this EngineSession session, IEnumerable<string> vms) => session.Query<SnapshotRow>(
        "SELECT * FROM snapshots WHERE vm_id IN (SELECT value FROM json_each(@ids)) ORDER BY date, id",
        new { ids = EngineSession.List(vms) });

    /// <summary>Tags by name.</summary>
    public static IReadOnlyList<TagRow> Tags(this EngineSession session, Slice slice) =>
        session.Query<TagRow>("SELECT * FROM tags ORDER BY name LIMIT @Take OFFSET @Skip", slice);

    public static TagRow? Tag(this EngineSession session, string id) =>
        session.Find<TagRow>("SELECT * FROM tags WHERE id = @id", new { id });

    public static TagRow? TagNamed(this EngineSession session, string name) =>
        session.Find<TagRow>("SELECT * FROM tags WHERE name = @name", new { name });

    public static void Add(this EngineSession session, TagRow tag) =>
        session.Execute("INSERT INTO tags (id, name, description, parent_id) VALUES (@Id, @Name, @Description, @ParentId)", tag);

    public static int RemoveTag(this EngineSession session, string id) => session.Execute("DELETE FROM tags WHERE id = @id", new { id });

    public static int AddVmTag(this EngineSession session, string vm, string tag) =>
        session.Execute("INSERT OR IGNORE INTO vm_tags (vm_id, tag_id) VALUES (@vm, @tag)", new { vm, tag });

    public static int RemoveVmTag(this EngineSession session, string vm, string tag) =>
        session.Execute("DELETE FROM vm_tags WHERE vm_id = @vm AND tag_id = @tag", new { vm, tag });

    public static int AddHostTag(this EngineSession session, string host, string tag) =>
        session.Execute("INSERT OR IGNORE INTO host_tags (host_id, tag_id) VALUES (@host, @tag)", new { host, tag });

    public static int RemoveHostTag(this EngineSession session, string host, string tag) =>
        session.Execute("DELETE FROM host_tags WHERE host_id = @host AND tag_id = @tag", new { host, tag });

    /// <summary>The tags of a host, by name.</summary>
    public static IReadOnlyList<TagRow> TagsOfHost(this EngineSession session, string host) =>
        session.Query<TagRow>("SELECT tags.* FROM host_tags JOIN tags ON id = tag_id WHERE host_id = @host ORDER BY name", new { host });

    /// <summary>The names of the tags of each host that has tags, by the host's id.</summary>
    public static ILookup<string, string> HostTagNames(this EngineSession session) =>
        session.Query<HostTagRow>("SELECT host_id, name FROM host_tags JOIN tags ON id = tag_id")
            .ToLookup(tag => tag.HostId, tag => tag.Name, StringComparer.Ordinal);

    private sealed record HostTagRow
    {
        public string HostId { get; init; } = "";

        public string Name { get; init; } = "";
    }
}
