using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>Clusters.</summary>
internal static class ClustersResource
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/clusters");
        api.MapEntity("/clusters/{cluster}");
    }

    public static ApiObject List(EngineSession session, IQueryCollection? query) => ApiObject.Collection(
        "clusters",
        "cluster",
        Listing.Found(session.Clusters, "name", query, SearchSchemas.Clusters).Select(View));

    public static ApiObject View(ClusterRow cluster) =>
        EmptyCollections.Link(Plain(cluster), "clusters", ApiPaths.Of("clusters", cluster.Id));

    public static ApiObject Reference(string id) => ApiObject.Reference("cluster", ApiPaths.Of("clusters", id), id);

    private static ApiObject Plain(ClusterRow cluster) => Reference(cluster.Id)
        .Text("name", cluster.Name)
        .Child(new ApiObject("cpu").Text("architecture", cluster.Architecture))
        .Child(new ApiObject("version").Number("major", 4).Number("minor", 7))
        .Child(DataCentersResource.Reference());
}
