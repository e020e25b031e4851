using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// Templates: Blank, which clients look up before they create or change a VM, and those that were made of VMs. None has further versions.
/// </summary>
internal static class TemplatesResource
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/templates");
        api.MapEntity("/templates/{template}");
        api.MapPost("/templates", async (HttpRequest request, TemplateOperations operations, CancellationToken cancellationToken) =>
        {
            var input = await ApiBody.ReadAsync(request, TemplateFields.Table, cancellationToken);
            return ApiAnswer.Created(View(await operations.AddAsync(input, cancellationToken)), request);
        });
        api.MapPut("/templates/{template}", UpdateAsync);
        api.MapDelete("/templates/{template}", (string template, TemplateOperations operations) =>
        {
            operations.Remove(template);
            return ApiAnswer.Done();
        });
    }

    public static ApiObject List(EngineSession session, IQueryCollection? query, TimeProvider time) => ApiObject.Collection(
        "templates",
        "template",
        Listing.Found(session.Templates, "name", query, new SearchSchemas(session, time).Templates).Select(View));

    public static ApiObject Reference(string id, string field = "template") =>
        ApiObject.Reference(field, ApiPaths.Of("templates", id), id);

    public static ApiObject View(TemplateRow template)
    {
        var configuration = template.ToConfiguration();
        var view = EmptyCollections.Link(Reference(template.Id), "templates", ApiPaths.Of("templates", template.Id))
            .Text("name", template.Name)
            .Text("description", template.Description)
            .Text("status", "ok")
            .Number("memory", configuration.Memory)
            .Child(VmsResource.Placement(configuration.Affinity, configuration.Pins))
            .Moment("creation_time", DateTimeOffset.FromUnixTimeMilliseconds(template.Created))
            .Child(new ApiObject("version")
                .Text("version_name", "base version")
                .Number("version_number", 1)
                .Child(Reference(template.Id, "base_template")));
        if (template.ClusterId is { } cluster)
        {
            view.Child(ClustersResource.Reference(cluster));
        }

        var settings = VmSettings.Read(configuration.Settings);
        var guaranteed = settings.Kept.Number("memory_policy", "guaranteed") ?? configuration.Memory;
        return VmFields.Write(
            view,
            settings,
            [
                ("memory_policy.guaranteed", VmsResource.Number(guaranteed)),
                ("memory_policy.max", VmsResource.Number(configuration.MaxMemory)),
                .. template.Architecture is { } architecture ? [("cpu.architecture", architecture)] : Array.Empty<(string, string)>(),
            ]);
    }

    private static async Task<ApiAnswer> UpdateAsync(
        string template, TemplateOperations operations, HttpContext context, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(context.Request, TemplateFields.Table, cancellationToken);
        return new ApiAnswer(View(operations.Update(template, input, Endpoints.NameOf(context.User))));
    }
}
