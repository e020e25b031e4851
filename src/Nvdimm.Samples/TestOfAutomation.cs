using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Samples;

/// <summary>What a unit test of one's own automation looks like: an engine in memory with oVirt's rules, whose answer is lost.</summary>
internal static class TestOfAutomation
{
    public static async Task RunAsync(TextWriter output)
    {
        var (engine, inventory, device) = (new InMemoryEngine(), new FakeInventory(), SampleDevices.Usable());
        engine.ReportHost(new OvirtHost("h1", "host1"), device.Name);
        engine.SetVm(new OvirtVm("v1", "vm1") { PinnedHostIds = ["h1"], Affinity = VmAffinity.Pinned }, new OvirtNumaNode(0, [0]));
        inventory.Set("h1", new NvdimmInventory([device]));
        engine.Script(EngineCall.AddVmHostDevice, ScriptedAnswer.Lost);
        var manager = new HostDeviceManager(engine, new NvdimmCategory(inventory));

        HostDeviceChange change = await manager.AttachAsync("v1", [device.Name]);
        await output.WriteLineAsync($"attached although the answer was lost: {change.IsDone}");

        PolicyResult snapshot = await manager.CheckAsync(
            "v1", new HostDeviceRequest { Operation = HostDeviceOperation.SnapshotWithMemory });
        await output.WriteLineAsync($"a snapshot with memory is allowed: {snapshot.IsAllowed}");
    }
}
