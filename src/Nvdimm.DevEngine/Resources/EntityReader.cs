using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Engine;

namespace Nvdimm.DevEngine.Resources;

/// <summary>Finds what a path of the API stands for: what a GET answers and a link leads to.</summary>
internal sealed class EntityReader(EngineDatabase database, HostDeviceDesk devices, TimeProvider time)
{
    /// <summary>The entity or collection at a path; null where there can be none.</summary>
    /// <param name="path">The path, with <c>/ovirt-engine/api</c>.</param>
    /// <param name="query">The parameters; null where a link is followed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiFaultException">There is no such entity, or a parameter is wrong.</exception>
    public async Task<ApiObject?> FindAsync(string path, IQueryCollection? query, CancellationToken cancellationToken) => Parts(path) switch
    {
        [] => ApiResource.View(time.GetUtcNow(), database.Read(ApiResource.Count)),
        ["hosts", var host, "devices"] => await HostDevicesResource.ListAsync(database, devices, host, cancellationToken),
        ["hosts", var host, "devices", var device] => await HostDevicesResource.FindAsync(database, devices, host, NameOf(device), cancellationToken),
        var parts => database.Read(session => Find(session, parts, query)),
    };

    /// <summary>The name of a device in a path; an id that is none names nothing.</summary>
    /// <exception cref="ApiFaultException">It is no id of a device.</exception>
    public static string NameOf(string id) => HostDeviceId.ToName(id) ?? throw ApiFaultException.NotFound("host device", id);

    private static string[] Parts(string path) => path[ApiPaths.Api.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static ApiObject? Find(EngineSession session, string[] parts, IQueryCollection? query) => parts switch
    {
        ["clusters"] => ClustersResource.List(session, query),
        ["clusters", var id] => ClustersResource.View(session.Cluster(id)),
        ["datacenters"] => DataCentersResource.List(query),
        ["datacenters", var id] => DataCentersResource.Find(id),
        ["templates"] => TemplatesResource.List(session, query),
        ["templates", var id] => TemplatesResource.Find(id),
        ["hosts"] => HostsResource.List(session, query),
        ["hosts", var id] => HostsResource.View(session.Host(id)),
        ["vms"] => VmsResource.List(session, query),
        ["vms", var id] => VmsResource.View(session.Vm(id)),
        ["vms", var id, "hostdevices"] => VmHostDevicesResource.List(session.Vm(id)),
        ["vms", var id, "hostdevices", var device] => VmHostDevicesResource.Find(session.Vm(id), NameOf(device)),
        ["vms", var id, "numanodes"] => VmNumaNodesResource.List(session.Vm(id)),
        ["vms", var id, "numanodes", var node] => VmNumaNodesResource.Find(session.Vm(id), node),
        ["vms", var id, "snapshots"] => SnapshotsResource.List(session, session.Vm(id)),
        ["vms", var id, "snapshots", var snapshot] => SnapshotsResource.Find(session, session.Vm(id), snapshot),
        ["vms", var id, "tags"] => VmTagsResource.List(session.Vm(id)),
        ["vms", var id, "tags", var tag] => VmTagsResource.Find(session.Vm(id), tag),

        // Clients ask for the networks and disks of a VM before they do anything else; there are none.
        ["vms", var id, "nics"] when session.Vm(id) is not null => ApiObject.Collection("nics", "nic", []),
        ["vms", var id, "diskattachments"] when session.Vm(id) is not null => ApiObject.Collection("disk_attachments", "disk_attachment", []),
        ["tags"] => TagsResource.List(session),
        ["tags", var id] => TagsResource.Find(session, id),
        ["events"] => EventsResource.List(session, query),
        ["events", var id] => EventsResource.Find(session, id),
        ["jobs"] => JobsResource.List(session),
        ["jobs", var id] => JobsResource.Find(session, id),
        _ => null,
    };
}
