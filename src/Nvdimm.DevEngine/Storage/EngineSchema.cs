namespace Nvdimm.DevEngine.Storage;

/// <summary>
/// The versions of the database. A change of the tables is a new step at the end. Existing steps never change, because files exist that
/// they made.
/// </summary>
internal static class EngineSchema
{
    /// <summary>
    /// The SQL of each step: the first makes version 1 of a new file, the one at index n turns version n into version n + 1.
    /// </summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        Resource.Text("Schema.sql"),
        Resource.Text("Indexes.sql"),
        Resource.Text("Settings.sql"),
        Resource.Text("Events.sql"),
        Resource.Text("Tags.sql"),
        Resource.Text("Jobs.sql"),
        Resource.Text("Snapshots.sql"),
        Resource.Text("Templates.sql"),
    ];
}
