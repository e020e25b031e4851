using System.Globalization;
using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Hosts;

/// <summary>
/// The content of a new database: captured hosts, and VMs that show every answer of the rules. The ids are the same in every database.
/// </summary>
internal static class Seed
{
    private const string X86Cluster = "5eed0001-0000-4000-8000-000000000001";
    private const string PowerCluster = "5eed0001-0000-4000-8000-000000000002";
    private const string Host1 = "5eed0002-0000-4000-8000-000000000001";
    private const string Host2 = "5eed0002-0000-4000-8000-000000000002";
    private const string Power1 = "5eed0002-0000-4000-8000-000000000003";
    private const string ThisMachine = "5eed0002-0000-4000-8000-00000000000f";
    private const long MiB = 1 << 20;

    /// <summary>Fills a new database.</summary>
    public static void Fill(EngineSession session, long now)
    {
        session.Add(new ClusterRow { Id = X86Cluster, Name = "Default", Architecture = "x86_64" });
        session.Add(new ClusterRow { Id = PowerCluster, Name = "Power", Architecture = "ppc64" });
        session.Add(Host(Host1, "host1", X86Cluster, HostSources.Capture("main-02-all-modes")));
        session.Add(Host(Host2, "host2", X86Cluster, HostSources.Capture("single-devdax")));
        session.Add(Host(Power1, "power1", PowerCluster, HostSources.Capture("power-all-modes")));

        var vms = new Vms(session, now);
        vms.Add("vm1", "Pinned to host1, two NUMA nodes: takes NVDIMMs.", "pinned", [Host1], nodes: 2);
        var second = vms.Add("vm2", "Pinned to host1, has namespace4.0: nobody else can get it.", "pinned", [Host1], nodes: 2);
        session.Add(new VmHostDeviceRow
        {
            VmId = second,
            Capability = "nvdimm",
            Name = "namespace4.0",
            Identity = "8b522314-1362-4541-b870-9bd4bb8f3111",
        });
        vms.Add(
            "vm-no-numa", "Pinned to host1, no NUMA node, nothing can be plugged: an NVDIMM is refused.", "pinned", [Host1], nodes: 0,
            isFixed: true);
        vms.Add("vm-unpinned", "Not pinned to any host: an NVDIMM is refused.", "migratable", [], nodes: 1);
        vms.Add("vm-two-hosts", "Pinned to two hosts: an NVDIMM is refused.", "pinned", [Host1, Host2], nodes: 1);
        vms.Add(
            "vm-locked", "Its disks are being worked on: it is not down, and an NVDIMM is refused.", "pinned", [Host1], nodes: 1,
            status: "image_locked");
        vms.Add("vm-host2", "Pinned to host2, which has one devdax namespace.", "pinned", [Host2], nodes: 1);
        vms.Add("vm-power", "A POWER guest on power1.", "pinned", [Power1], nodes: 1, cluster: PowerCluster);
    }

    /// <summary>Adds this machine as a host, and a VM that can really start there, if they are missing.</summary>
    public static void AddMachine(EngineSession session, string architecture, long now)
    {
        if (session.Hosts([ThisMachine]).Count > 0)
        {
            return;
        }

        var cluster = session.Clusters(Slice.All).FirstOrDefault(candidate => candidate.Architecture == architecture)?.Id ?? X86Cluster;
        session.Add(Host(ThisMachine, "this-machine", cluster, HostSources.Machine));
        new Vms(session, now)
            .Add("vm-here", "Pinned to this machine: it can really start.", "pinned", [
                ThisMachine], nodes: 1, cluster: cluster, memory: 256 * MiB, number: 100);
    }

    private static HostRow Host(string id, string name, string cluster, string source) =>
        new() { Id = id, Name = name, Address = $"{name}.example.org", ClusterId = cluster, Source = source };

    /// <summary>Adds VMs with ascending numbers.</summary>
    private sealed class Vms(EngineSession session, long now)
    {
        private int count;

        public string Add(
            string name,
            string description,
            string affinity,
            string[] pins,
            int nodes,
            string status = "down",
            string cluster = X86Cluster,
            long memory = 1024 * MiB,
            int? number = null,
            bool isFixed = false)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"5eed0003-0000-4000-8000-{number ?? ++count:d12}");
            session.Add(new VmRow
            {
                Id = id,
                Name = name,
                Description = description,
                ClusterId = cluster,
                Status = status,
                Affinity = affinity,
                Memory = memory,
                MaxMemory = isFixed ? memory : 4 * memory,
                Settings = isFixed ? """{"cpu_pinning_policy":"dedicated"}""" : "{}",
                Created = now,
            });
            session.SetPins(id, pins);
            for (var node = 0; node < nodes; node++)
            {
                session.Add(new NumaNodeRow { VmId = id, Node = node, Memory = memory / nodes, HostNodes = $"{node}", Cpus = $"{node}" });
            }

            return id;
        }
    }
}
