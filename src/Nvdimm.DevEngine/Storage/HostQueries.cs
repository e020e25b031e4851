using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Storage;

/// <summary>Queries for hosts and clusters.</summary>
internal static class HostQueries
{
    /// <summary>Clusters by name.</summary>
    public static IReadOnlyList<ClusterRow> Clusters(this EngineSession session, Slice slice) =>
        session.Query<ClusterRow>("SELECT * FROM clusters ORDER BY name LIMIT @Take OFFSET @Skip", slice);

    public static IReadOnlyList<ClusterRow> Clusters(this EngineSession session, IEnumerable<string> ids) =>
        session.Query<ClusterRow>(
            "SELECT * FROM clusters WHERE id IN (SELECT value FROM json_each(@ids))", new { ids = EngineSession.List(ids) });

    /// <summary>A cluster.</summary>
    /// <exception cref="ApiFaultException">No cluster has that id.</exception>
    public static ClusterRow Cluster(this EngineSession session, string id) =>
        session.Clusters([id]) is [var cluster] ? cluster : throw ApiFaultException.NotFound("cluster", id);

    /// <summary>Hosts by name.</summary>
    public static IReadOnlyList<HostRow> Hosts(this EngineSession session, Slice slice) =>
        session.Query<HostRow>("SELECT * FROM hosts ORDER BY name LIMIT @Take OFFSET @Skip", slice);

    public static IReadOnlyList<HostRow> Hosts(this EngineSession session, IEnumerable<string> ids) =>
        session.Query<HostRow>(
            "SELECT * FROM hosts WHERE id IN (SELECT value FROM json_each(@ids))", new { ids = EngineSession.List(ids) });

    /// <summary>A host.</summary>
    /// <exception cref="ApiFaultException">No host has that id.</exception>
    public static HostRow Host(this EngineSession session, string id) =>
        session.Hosts([id]) is [var host] ? host : throw ApiFaultException.NotFound("host", id);

    public static void Add(this EngineSession session, ClusterRow cluster) =>
        session.Execute("INSERT INTO clusters (id, name, architecture) VALUES (@Id, @Name, @Architecture)", cluster);

    public static void Add(this EngineSession session, HostRow host) => session.Execute(
        "INSERT INTO hosts (id, name, address, cluster_id, status, source) VALUES (@Id, @Name, @Address, @ClusterId, @Status, @Source)",
        host);
}
