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

    public static ApiObject List(EngineSession session, IQueryCollection? query)
    {
        var clusters = new Lazy<Dictionary<string, string>>(session.ClusterNames);
        var fields = new Dictionary<string, Func<HostRow, IEnumerable<string>>>(StringComparer.Ordinal)
        {
            ["name"] = host => [host.Name],
            ["id"] = host => [host.Id],
            ["address"] = host => [host.Address],
            ["status"] = host => [host.Status],
            ["cluster"] = host => [clusters.Value[host.ClusterId]],
        };
        return ApiObject.Collection("hosts", "host", Listing.Found(session.Hosts, "name", query, fields).Select(View));
    }

    public static ApiObject View(HostRow host) => Reference(host.Id)
        .Text("name", host.Name)
        .Text("address", host.Address)
        .Text("status", host.Status)
        .Text("type", "rhel")
        .Flag("numa_supported", true)
        .Child(ClustersResource.Reference(host.ClusterId))
        .Link("devices", ApiPaths.Of("hosts", host.Id, "devices"));

    public static ApiObject Reference(string id) => ApiObject.Reference("host", ApiPaths.Of("hosts", id), id);
}
