using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The one template, Blank, from which all VMs are: clients look it up before they make or change one. Its id is the engine's.</summary>
internal static class TemplatesResource
{
    private const string Id = "00000000-0000-0000-0000-000000000000";
    private const string Name = "Blank";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/templates");
        api.MapEntity("/templates/{template}");
    }

    public static ApiObject List(EngineSession session, IQueryCollection? query)
    {
        var fields = new Dictionary<string, Func<string, IEnumerable<string>>>(StringComparer.Ordinal)
        {
            ["name"] = name => [name],
            ["datacenter"] = _ => [DataCentersResource.Name],
            ["vm.name"] = _ => session.VmRows(Slice.All).Select(vm => vm.Name),
        };
        return ApiObject.Collection("templates", "template", Listing.Found(slice => [.. slice.Of([Name])], "name", query, fields).Select(_ => View()));
    }

    public static ApiObject Find(string id) => id == Id ? View() : throw ApiFaultException.NotFound("template", id);

    public static ApiObject Reference() => ApiObject.Reference("template", ApiPaths.Of("templates", Id), Id);

    /// <summary>Refuses what names another template.</summary>
    /// <exception cref="ApiFaultException">There is no such template.</exception>
    public static void Require(ApiInput input)
    {
        if (input.Text("template", "id") is { } id ? id != Id : input.Text("template", "name") is { } name && name != Name)
        {
            throw ApiFaultException.NotFound("template", input.Text("template", "id") ?? input.Text("template", "name")!);
        }
    }

    private static ApiObject View() => Reference()
        .Text("name", Name)
        .Text("status", "ok")
        .Text("type", "server")
        .Child(new ApiObject("version").Text("version_name", "").Number("version_number", 1));
}
