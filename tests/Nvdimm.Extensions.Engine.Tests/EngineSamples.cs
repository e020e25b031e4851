using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests;

/// <summary>An engine with two hosts and three VMs, of which vm1 may have an NVDIMM of host1.</summary>
internal static class EngineSamples
{
    public static OvirtHost Host1 { get; } = new("h1", "host1") { Address = "host1.example.org", Status = "up" };

    public static OvirtHost Host2 { get; } = new("h2", "host2") { Address = "host2.example.org", Status = "up" };

    public static OvirtVm Vm1 { get; } = Vm("v1", "vm1", "h1");

    public static OvirtVm Vm(string id, string name, params ReadOnlySpan<string> hosts) => new(id, name)
    {
        Status = VmStatus.Down,
        Affinity = VmAffinity.Pinned,
        PinnedHostIds = [.. hosts],
        Architecture = "x86_64",
        Memory = ByteSize.FromGiB(1),
        MaxMemory = ByteSize.FromGiB(4),
    };

    /// <summary>A device that a VM can use, under a name that <see cref="Engine"/> reports.</summary>
    public static NvdimmDevice Device(int number = 0) => SampleDevices.Usable(number) with { Name = $"namespace{number}.0", Path = $"/dev/pmem{number}" };

    public static InMemoryEngine Engine()
    {
        var engine = new InMemoryEngine();
        engine.ReportHost(Host1, "namespace0.0", "namespace1.0");
        engine.ReportHost(Host2, "namespace0.0");
        engine.SetVm(Vm1, new OvirtNumaNode(0, [0]));
        engine.SetVm(Vm("v2", "vm2", "h1"), new OvirtNumaNode(0, [0]));
        engine.SetVm(Vm("v3", "vm3"));
        return engine;
    }
}
