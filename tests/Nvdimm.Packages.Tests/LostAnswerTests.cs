using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Packages.Tests;

public sealed class LostAnswerTests
{
    // shown in src/Nvdimm.Extensions.Testing/README.md: begin
    [Test]
    public async Task Attach_WhoseAnswerIsLost_IsDone()
    {
        var (engine, inventory, device) = (new InMemoryEngine(), new FakeInventory(), SampleDevices.Usable());
        engine.ReportHost(new OvirtHost("h1", "host1"), device.Name);
        engine.SetVm(new OvirtVm("v1", "vm1") { PinnedHostIds = ["h1"], Affinity = VmAffinity.Pinned }, new OvirtNumaNode(0, [0]));
        inventory.Set("h1", new NvdimmInventory([device]));
        engine.Script(EngineCall.AddVmHostDevice, ScriptedAnswer.Lost);

        var change = await new HostDeviceManager(engine, new NvdimmCategory(inventory)).AttachAsync("v1", [device.Name]);

        Assert.That(change.IsDone, Is.True);
    }

    // shown in src/Nvdimm.Extensions.Testing/README.md: end
}
