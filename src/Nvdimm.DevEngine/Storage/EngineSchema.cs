namespace Nvdimm.DevEngine.Storage;

/// <summary>
/// The versions of the database. A change of the tables is a new step at the end; the steps that are there never change, since files that they
/// have made exist.
/// </summary>
internal static class EngineSchema
{
    /// <summary>The SQL of each step: the first one makes version 1 of a new file, the one at index n makes version n + 1 of version n.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        Resource.Text("Schema.sql"),
        Resource.Text("Indexes.sql"),
        Resource.Text("Settings.sql"),
        Resource.Text("Events.sql"),
        Resource.Text("Tags.sql"),
        Resource.Text("Jobs.sql"),
        Resource.Text("Snapshots.sql"),
    ];
}
