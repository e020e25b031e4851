using System.Security.Claims;
using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The common parts of the resources.</summary>
internal static class Endpoints
{
    /// <summary>Adds all resources.</summary>
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(ApiPaths.Api);
        ApiResource.Map(api);
        ClustersResource.Map(api);
        DataCentersResource.Map(api);
        TemplatesResource.Map(api);
        HostsResource.Map(api);
        HostDevicesResource.Map(api);
        VmsResource.Map(api);
        VmActionsResource.Map(api);
        UnservedActions.Map(api);
        VmHostDevicesResource.Map(api);
        VmNumaNodesResource.Map(api);
        SnapshotsResource.Map(api);
        AssignedTags.Map(api);
        EmptyCollections.Map(api);
        TagsResource.Map(api);
        EventsResource.Map(api);
        JobsResource.Map(api);
    }

    /// <summary>Adds a GET that answers with the entity at the path.</summary>
    public static void MapEntity(this IEndpointRouteBuilder routes, string pattern) => routes.MapGet(pattern, GetAsync);

    /// <summary>The name of the requesting user.</summary>
    public static string NameOf(ClaimsPrincipal user) => user.Identity!.Name!;

    private static async Task<IResult> GetAsync(
        HttpRequest request, EntityReader reader, Follow follow, CancellationToken cancellationToken)
    {
        var path = request.Path.Value!;
        var entity = await reader.FindAsync(path, request.Query, cancellationToken) ?? throw ApiFaultException.NotFound("resource", path);
        return new ApiAnswer(await follow.ApplyAsync(Listing.Cut(entity, request.Query), request, cancellationToken));
    }
}
