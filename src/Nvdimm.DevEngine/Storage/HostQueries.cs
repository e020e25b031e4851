using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Storage;

/// <summary>Hosts and clusters.</summary>
internal static class HostQueries
{
    public static IReadOnlyList<ClusterRow> Clusters(this EngineSession session) => session.Query<ClusterRow>("SELECT * FROM clusters ORDER BY name");

    public static ClusterRow Cluster(this EngineSession session, string id) =>
        session.Find<ClusterRow>("SELECT * FROM clusters WHERE id = @id", new { id }) ?? throw ApiFaultException.NotFound("cluster", id);

    public static IReadOnlyList<HostRow> Hosts(this EngineSession session) => session.Query<HostRow>("SELECT * FROM hosts ORDER BY name");

    public static HostRow Host(this EngineSession session, string id) =>
        session.Find<HostRow>("SELECT * FROM hosts WHERE id = @id", new { id }) ?? throw ApiFaultException.NotFound("host", id);

    public static void Add(this EngineSession session, ClusterRow cluster) =>
        session.Execute("INSERT INTO clusters (id, name, architecture) VALUES (@Id, @Name, @Architecture)", cluster);

    public static void Add(this EngineSession session, HostRow host) => session.Execute(
        "INSERT INTO hosts (id, name, address, cluster_id, status, source) VALUES (@Id, @Name, @Address, @ClusterId, @Status, @Source)", host);
}
