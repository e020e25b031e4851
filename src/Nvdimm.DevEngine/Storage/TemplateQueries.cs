using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Storage;

/// <summary>Queries for templates.</summary>
internal static class TemplateQueries
{
    private const string Select = "SELECT templates.*, architecture FROM templates LEFT JOIN clusters ON clusters.id = cluster_id";

    /// <summary>Templates by name.</summary>
    public static IReadOnlyList<TemplateRow> Templates(this EngineSession session, Slice slice) =>
        session.Query<TemplateRow>($"{Select} ORDER BY templates.name LIMIT @Take OFFSET @Skip", slice);

    /// <summary>The existing templates among these ids.</summary>
    public static IReadOnlyList<TemplateRow> Templates(this EngineSession session, IEnumerable<string> ids) =>
        session.Query<TemplateRow>(
            $"{Select} WHERE templates.id IN (SELECT value FROM json_each(@ids))", new { ids = EngineSession.List(ids) });

    /// <summary>A template.</summary>
    /// <exception cref="ApiFaultException">No template has that id.</exception>
    public static TemplateRow Template(this EngineSession session, string id) =>
        session.Templates([id]) is [var template] ? template : throw ApiFaultException.NotFound("template", id);

    /// <summary>The template with a name; null if there is none.</summary>
    public static TemplateRow? TemplateNamed(this EngineSession session, string name) =>
        session.Find<TemplateRow>($"{Select} WHERE templates.name = @name", new { name });

    /// <summary>The names of the VMs that were made of a template.</summary>
    public static IReadOnlyList<string> VmNamesOfTemplate(this EngineSession session, string template) =>
        session.Query<string>("SELECT name FROM vms WHERE template_id = @template ORDER BY name", new { template });

    public static void Add(this EngineSession session, TemplateRow template) => session.Execute(
        """
        INSERT INTO templates (id, name, description, cluster_id, created, configuration)
        VALUES (@Id, @Name, @Description, @ClusterId, @Created, @Configuration)
        """,
        template);

    public static void Update(this EngineSession session, TemplateRow template) => session.Execute(
        """
        UPDATE templates SET name = @Name, description = @Description, cluster_id = @ClusterId, configuration = @Configuration
        WHERE id = @Id
        """,
        template);

    public static int RemoveTemplate(this EngineSession session, string id) =>
        session.Execute("DELETE FROM templates WHERE id = @id", new { id });
}
