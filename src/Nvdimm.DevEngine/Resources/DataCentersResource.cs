using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The only data center. It exists for clients that look a template up in the data center of a cluster, as Ansible does.</summary>
internal static class DataCentersResource
{
    /// <summary>The name of the data center.</summary>
    public const string Name = "Default";

    private const string Id = "5eed0004-0000-4000-8000-000000000001";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/datacenters");
        api.MapEntity("/datacenters/{datacenter}");
        api.MapEntity("/datacenters/{datacenter}/clusters");
    }

    public static ApiObject List(EngineSession session, IQueryCollection? query, TimeProvider time) => ApiObject.Collection(
        "data_centers",
        "data_center",
        Listing.Found(slice => [.. slice.Of([Name])], "name", query, new SearchSchemas(session, time).DataCenters).Select(_ => View()));

    public static ApiObject Find(string id) => id == Id ? View() : throw ApiFaultException.NotFound("data center", id);

    public static ApiObject Reference() => ApiObject.Reference("data_center", ApiPaths.Of("datacenters", Id), Id);

    private static ApiObject View() => EmptyCollections.Link(Plain(), "datacenters", ApiPaths.Of("datacenters", Id))
        .Link("clusters", ApiPaths.Of("datacenters", Id, "clusters"));

    private static ApiObject Plain() => Reference()
        .Text("name", Name)
        .Text("status", "up")
        .Flag("local", false)
        .Child(new ApiObject("version").Number("major", 4).Number("minor", 7));
}
