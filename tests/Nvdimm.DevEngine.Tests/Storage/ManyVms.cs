using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Tests.Storage;

/// <summary>Many VMs, twenty on each host. All hosts are alike, so that what belongs to one VM or one host does not depend on their number.</summary>
internal static class ManyVms
{
    public const int PerHost = 20;

    private const string Cluster = "0c000000-0000-4000-8000-000000000001";
    private const string Tag = "0d000000-0000-4000-8000-000000000001";
    private const long GiB = 1L << 30;

    public static string VmId(int number) => $"0a000000-0000-4000-8000-{number:d12}";

    public static string HostId(int number) => $"0b000000-0000-4000-8000-{number:d12}";

    /// <summary>Adds VMs: half of them with a host device, a tag and a snapshot, every tenth on its host.</summary>
    public static void Add(EngineDatabase database, int count) => database.Write(session =>
    {
        session.Add(new ClusterRow { Id = Cluster, Name = "Many", Architecture = "x86_64" });
        session.Add(new TagRow { Id = Tag, Name = "many" });
        for (var number = 0; number < count; number++)
        {
            var host = HostId(number / PerHost);
            if (number % PerHost == 0)
            {
                var (name, source) = ($"many{number / PerHost:d6}", HostSources.Capture("main-02-all-modes"));
                session.Add(new HostRow { Id = host, Name = name, Address = name, ClusterId = Cluster, Source = source });
            }

            session.Add(new EventRow { Code = 34, Description = $"VM many{number:d6} was created." });
            Add(session, number, host);
        }

        return count;
    });

    private static void Add(EngineSession session, int number, string host)
    {
        var vm = VmId(number);
        var isUp = number % 10 == 0;
        session.Add(new VmRow
        {
            Id = vm,
            Name = $"many{number:d6}",
            Description = "One of many.",
            ClusterId = Cluster,
            Affinity = "pinned",
            Memory = GiB,
            MaxMemory = 4 * GiB,
            Status = isUp ? "up" : "down",
            HostId = isUp ? host : null,
        });
        session.SetPins(vm, [host]);
        session.Add(new NumaNodeRow { VmId = vm, Node = 0, Memory = GiB / 2, HostNodes = "0" });
        session.Add(new NumaNodeRow { VmId = vm, Node = 1, Memory = GiB / 2, HostNodes = "1" });
        if (number % 2 == 0)
        {
            session.Add(new VmHostDeviceRow { VmId = vm, Capability = "nvdimm", Name = $"namespace{number % PerHost}.9" });
            session.Add(new SnapshotRow { Id = $"0e000000-0000-4000-8000-{number:d12}", VmId = vm, Description = "a snapshot" });
            session.AddVmTag(vm, Tag);
        }
    }
}
