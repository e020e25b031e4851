using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// The only template, Blank, of which all VMs are made. Clients look it up before they create or change a VM. Its id is the engine's.
/// </summary>
internal static class TemplatesResource
{
    /// <summary>The name of the template.</summary>
    public const string Name = "Blank";

    /// <summary>The description of the template.</summary>
    public const string Description = "Blank template";

    private const string Id = "00000000-0000-0000-0000-000000000000";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/templates");
        api.MapEntity("/templates/{template}");
    }

    public static ApiObject List(EngineSession session, IQueryCollection? query, TimeProvider time) => ApiObject.Collection(
        "templates",
        "template",
        Listing.Found(slice => [.. slice.Of([Name])], "name", query, new SearchSchemas(session, time).Templates).Select(_ => View()));

    public static ApiObject Find(string id) => id == Id ? View() : throw ApiFaultException.NotFound("template", id);

    public static ApiObject Reference(string field = "template") => ApiObject.Reference(field, ApiPaths.Of("templates", Id), Id);

    /// <summary>Refuses a body that names another template.</summary>
    /// <exception cref="ApiFaultException">The template does not exist.</exception>
    public static void Require(ApiInput input)
    {
        if (input.Text("template", "id") is { } id ? id != Id : input.Text("template", "name") is { } name && name != Name)
        {
            throw ApiFaultException.NotFound("template", input.Text("template", "id") ?? input.Text("template", "name")!);
        }
    }

    private static ApiObject View() => VmFields.Write(
        EmptyCollections.Link(Reference(), "templates", ApiPaths.Of("templates", Id))
            .Text("name", Name)
            .Text("description", Description)
            .Text("status", "ok")
            .Number("memory", 1L << 30)
            .Child(new ApiObject("version").Text("version_name", "base version").Number("version_number", 1)),
        VmSettings.None);
}
