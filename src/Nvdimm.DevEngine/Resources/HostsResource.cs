using Nvdimm.DevEngine.Queries;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>Hosts.</summary>
internal static class HostsResource
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/hosts");
        api.MapEntity("/hosts/{host}");
    }

    public static ApiObject List(EngineSession session, IQueryCollection? query, TimeProvider time) => ApiObject.Collection(
        "hosts", "host", Listing.Found(session.Hosts, "name", query, new SearchSchemas(session, time).Hosts).Select(View));

    public static ApiObject View(HostRow host) => EmptyCollections.Link(
            UnservedActions.OfAHost(Reference(host.Id), ApiPaths.Of("hosts", host.Id)), "hosts", ApiPaths.Of("hosts", host.Id))
        .Text("name", host.Name)
        .Text("address", host.Address)
        .Text("status", host.Status)
        .Text("type", "rhel")
        .Flag("numa_supported", true)
        .Child(ClustersResource.Reference(host.ClusterId))
        .Link("devices", ApiPaths.Of("hosts", host.Id, "devices"))
        .Link("tags", ApiPaths.Of("hosts", host.Id, "tags"));

    public static ApiObject Reference(string id) => ApiObject.Reference("host", ApiPaths.Of("hosts", id), id);
}
