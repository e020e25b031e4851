using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Engine;

namespace Nvdimm.DevEngine.Resources;

/// <summary>Finds the entities at paths of the API, for GET and for links.</summary>
internal sealed class EntityReader(EngineDatabase database, HostDeviceOperations devices, TimeProvider time)
{
    /// <summary>The entity or collection at a path; null if the API has no such path.</summary>
    /// <param name="path">The path, with <c>/ovirt-engine/api</c>.</param>
    /// <param name="query">The parameters.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ApiFaultException">The entity does not exist, or a parameter is wrong.</exception>
    public async Task<ApiObject?> FindAsync(string path, IQueryCollection query, CancellationToken cancellationToken) =>
        (await FindAllAsync([path], query, cancellationToken)).GetValueOrDefault(path);

    /// <summary>The entities and collections at these paths, without paths that the API does not have.</summary>
    /// <param name="paths">The paths, each once.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ApiFaultException">An entity does not exist.</exception>
    public Task<Dictionary<string, ApiObject>> FindAllAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        FindAllAsync(paths, query: null, cancellationToken);

    /// <summary>The name of a device, from its id in a path.</summary>
    /// <exception cref="ApiFaultException">The id is not an id of a device.</exception>
    public static string NameOf(string id) => HostDeviceId.ToName(id) ?? throw ApiFaultException.NotFound("host device", id);

    private static string[] Parts(string path) => path[ApiPaths.Api.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);

    private ApiObject? Find(EngineSession session, EntitySet set, string[] parts, IQueryCollection? query) => parts switch
    {
        ["clusters"] => ClustersResource.List(session, query),
        ["clusters", var id] => ClustersResource.View(set.Cluster(id)),
        ["datacenters"] => DataCentersResource.List(session, query, time),
        ["datacenters", var id] => DataCentersResource.Find(id),
        ["datacenters", var id, "clusters"] when DataCentersResource.Find(id) is not null => ClustersResource.List(session, query),
        ["templates"] => TemplatesResource.List(session, query, time),
        ["templates", var id] => TemplatesResource.View(set.Template(id)),
        ["hosts"] => HostsResource.List(session, query, time),
        ["hosts", var id] => HostsResource.View(set.Host(id)),
        ["vms"] => VmsResource.List(session, query, time),
        ["vms", var id] => VmsResource.View(set.Vm(id)),
        ["vms", var id, "hostdevices"] => VmHostDevicesResource.List(set.Vm(id)),
        ["vms", var id, "hostdevices", var device] => VmHostDevicesResource.Find(set.Vm(id), NameOf(device)),
        ["vms", var id, "numanodes"] => VmNumaNodesResource.List(set.Vm(id)),
        ["vms", var id, "numanodes", var node] => VmNumaNodesResource.Find(set.Vm(id), node),
        ["vms", var id, "snapshots"] => SnapshotsResource.List(set.Vm(id), set.Snapshots(id)),
        ["vms", var id, "snapshots", var snapshot] => SnapshotsResource.Find(set.Vm(id), set.Snapshots(id), snapshot),
        ["vms", var id, "tags"] => AssignedTags.List(set.Vm(id)),
        ["vms", var id, "tags", var tag] => AssignedTags.Find(set.Vm(id), tag),
        ["hosts", var id, "tags"] => AssignedTags.List(session, set.Host(id)),
        ["hosts", var id, "tags", var tag] => AssignedTags.Find(session, set.Host(id), tag),
        ["tags"] => TagsResource.List(session, query),
        ["tags", var id] => TagsResource.Find(session, id),
        ["events"] => EventsResource.List(session, query, time),
        ["events", var id] => EventsResource.Find(session, id),
        ["jobs"] => JobsResource.List(session, query),
        ["jobs", var id] => JobsResource.Find(session, id),
        ["jobs", var id, "steps"] => JobsResource.ListSteps(session, id),
        ["jobs", var id, "steps", var step] => JobsResource.FindStep(session, id, step),
        [var collection, var id, _] when Require(set, collection, id) => EmptyCollections.Find(parts),
        [_] => EmptyCollections.Find(parts),
        _ => null,
    };

    /// <summary>Whether the collection is one with entities; refuses an id that does not exist.</summary>
    /// <exception cref="ApiFaultException">No entity of the collection has that id.</exception>
    private static bool Require(EntitySet set, string collection, string id)
    {
        object? entity = collection switch
        {
            "vms" => set.Vm(id),
            "hosts" => set.Host(id),
            "clusters" => set.Cluster(id),
            "templates" => set.Template(id),
            "datacenters" => DataCentersResource.Find(id),
            _ => null,
        };
        return entity is not null;
    }

    private async Task<Dictionary<string, ApiObject>> FindAllAsync(
        IReadOnlyCollection<string> paths, IQueryCollection? query, CancellationToken cancellationToken)
    {
        var byPath = paths.ToDictionary(path => path, Parts, StringComparer.Ordinal);
        var ofHosts = new Dictionary<string, IReadOnlyList<ApiObject>>(StringComparer.Ordinal);
        foreach (var host in byPath.Values.Where(parts => parts is ["hosts", _, "devices", ..]).Select(parts => parts[1]).Distinct(
            StringComparer.Ordinal))
        {
            ofHosts[host] = await HostDevicesResource.AllAsync(database, devices, host, cancellationToken);
        }

        return database.Read(session =>
        {
            var set = new EntitySet(session, byPath.Values);
            var entities = new Dictionary<string, ApiObject>(StringComparer.Ordinal);
            foreach (var (path, parts) in byPath)
            {
                var entity = parts switch
                {
                    [] => ApiResource.View(time.GetUtcNow(), ApiResource.Count(session)),
                    ["hosts", var host, "devices"] => HostDevicesResource.List(ofHosts[host]),
                    ["hosts", var host, "devices", var device] => HostDevicesResource.Find(ofHosts[host], NameOf(device)),
                    _ => Find(session, set, parts, query),
                };
                if (entity is not null)
                {
                    entities.Add(path, entity);
                }
            }

            return entities;
        });
    }
}
