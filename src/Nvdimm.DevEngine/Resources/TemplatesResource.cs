using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The one template, Blank, from which all VMs are: clients look it up before they make or change one. Its id is the engine's.</summary>
internal static class TemplatesResource
{
    /// <summary>Its name.</summary>
    public const string Name = "Blank";

    /// <summary>Its description.</summary>
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

    /// <summary>Refuses what names another template.</summary>
    /// <exception cref="ApiFaultException">There is no such template.</exception>
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
