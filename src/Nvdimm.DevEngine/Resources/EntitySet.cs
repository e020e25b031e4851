using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The VMs, snapshots, hosts, clusters and templates that some paths name, read together.</summary>
internal sealed class EntitySet
{
    private readonly Dictionary<string, VmParts> vms;
    private readonly ILookup<string, SnapshotRow> snapshots;
    private readonly Dictionary<string, HostRow> hosts;
    private readonly Dictionary<string, ClusterRow> clusters;
    private readonly Dictionary<string, TemplateRow> templates;

    /// <summary>Reads the entities that the paths name, with one query for each type.</summary>
    public EntitySet(EngineSession session, IReadOnlyCollection<string[]> paths)
    {
        vms = Read(paths, "vms", session.Vms).ToDictionary(vm => vm.Id, StringComparer.Ordinal);
        snapshots = Read(paths.Where(path => path is [_, _, "snapshots", ..]), "vms", session.Snapshots)
            .ToLookup(snapshot => snapshot.VmId, StringComparer.Ordinal);
        hosts = Read(paths, "hosts", session.Hosts).ToDictionary(host => host.Id, StringComparer.Ordinal);
        clusters = Read(paths, "clusters", session.Clusters).ToDictionary(cluster => cluster.Id, StringComparer.Ordinal);
        templates = Read(paths, "templates", session.Templates).ToDictionary(template => template.Id, StringComparer.Ordinal);
    }

    /// <summary>A VM that a path names.</summary>
    /// <exception cref="ApiFaultException">No VM has that id.</exception>
    public VmParts Vm(string id) => vms.GetValueOrDefault(id) ?? throw ApiFaultException.NotFound("VM", id);

    /// <summary>The snapshots of a VM whose snapshots a path names, oldest first.</summary>
    public IEnumerable<SnapshotRow> Snapshots(string vm) => snapshots[vm];

    /// <summary>A host that a path names.</summary>
    /// <exception cref="ApiFaultException">No host has that id.</exception>
    public HostRow Host(string id) => hosts.GetValueOrDefault(id) ?? throw ApiFaultException.NotFound("host", id);

    /// <summary>A cluster that a path names.</summary>
    /// <exception cref="ApiFaultException">No cluster has that id.</exception>
    public ClusterRow Cluster(string id) => clusters.GetValueOrDefault(id) ?? throw ApiFaultException.NotFound("cluster", id);

    /// <summary>A template that a path names.</summary>
    /// <exception cref="ApiFaultException">No template has that id.</exception>
    public TemplateRow Template(string id) => templates.GetValueOrDefault(id) ?? throw ApiFaultException.NotFound("template", id);

    private static IReadOnlyList<T> Read<T>(
        IEnumerable<string[]> paths, string collection, Func<IEnumerable<string>, IReadOnlyList<T>> read)
    {
        var ids = paths.Where(path => path.Length > 1 && path[0] == collection).Select(path => path[1]).ToHashSet(StringComparer.Ordinal);
        return ids.Count == 0 ? [] : read(ids);
    }
}
